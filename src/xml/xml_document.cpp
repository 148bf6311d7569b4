#include "xml/xml_document.hpp"

#include <expat.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <climits>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <random>

#include "base/unicode.hpp"
#include "model/reading_rules.hpp"
#include "xml/plain_xml.hpp"

namespace flowproof {

namespace {

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using ParserHandle = std::unique_ptr<XML_ParserStruct, FreeParser>;

// Not a character of names or namespace names, so expat's "space|local" splits at the first one.
constexpr char separator = '\n';

// Secret, so that no file can be written to make expat's tables slow; one for the run saves a call
// of the system for each file. 0: expat is to make its own.
unsigned long table_salt() {
  static const unsigned long salt = []() -> unsigned long {
    try {
      std::random_device source;
      return (static_cast<unsigned long>(source()) << 16U) ^ source();
    } catch (const std::exception&) {
      return 0;
    }
  }();
  return salt;
}

// Creating a parser costs about as much as reading a small file, so each thread keeps one.
XML_Parser fresh_parser() {
  thread_local ParserHandle parser;
  if (parser == nullptr) {
    parser.reset(XML_ParserCreateNS("UTF-8", separator));
    if (parser == nullptr) throw std::bad_alloc();
  } else {
    // The name of the encoding is given, so a declaration of the time before decode is ignored.
    XML_ParserReset(parser.get(), "UTF-8");
  }
  XML_SetHashSalt(parser.get(), table_salt());
  return parser.get();
}

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// Ends a name in a tag.
constexpr auto ends_name = [] {
  std::array<bool, 256> table{};
  for (const char c : {' ', '\t', '\n', '\r', '=', '/', '>'}) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

// Where a byte stands next in a text that is read from front to back: each is looked for once.
class NextByte {
 public:
  explicit NextByte(char byte) : byte_(byte) {}
  // Pre: `begin` never decreases.
  bool stands_within(std::string_view text, std::size_t begin, std::size_t end) {
    if (at_ < begin || !known_) at_ = std::min(text.find(byte_, begin), text.size());
    known_ = true;
    return at_ < end;
  }

 private:
  char byte_;
  bool known_ = false;
  std::size_t at_ = 0;
};

class Builder {
 public:
  Builder(const SourceText& source, SourceIndex index, const ReadLimits& limits, KeepMarkup keep)
      : text_(source.text), index_(index), limits_(limits), keep_(keep), parser_(fresh_parser()) {
    // Rough sizes of real files: an element each 100 bytes, an attribute each 35.
    document_.elements.reserve(text_.size() / 100 + 8);
    document_.attributes.reserve(text_.size() / 35 + 16);
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, &on_start, &on_end);
    XML_SetCharacterDataHandler(parser_, &on_text);
    XML_SetStartDoctypeDeclHandler(parser_, &on_doctype);
    // A comment or instruction splits a run of text, so both are always seen.
    XML_SetCommentHandler(parser_, &on_comment);
    XML_SetProcessingInstructionHandler(parser_, &on_instruction);
  }

  Parsed<XmlDocument> parse() {
    assert(text_.size() <= INT_MAX);
    const XML_Status status =
        XML_Parse(parser_, text_.data(), static_cast<int>(text_.size()), XML_TRUE);
    if (status == XML_STATUS_OK) return {std::move(document_), std::move(out_)};
    if (out_.empty() || !stopped_) report_error(XML_GetErrorCode(parser_));
    return {std::nullopt, std::move(out_)};
  }

 private:
  static Builder& self(void* user) { return *static_cast<Builder*>(user); }
  static void XMLCALL on_start(void* user, const XML_Char* name, const XML_Char** given) {
    self(user).start(name, given);
  }
  static void XMLCALL on_end(void* user, const XML_Char*) { self(user).end(); }
  static void XMLCALL on_text(void* user, const XML_Char* text, int length) {
    self(user).text({text, static_cast<std::size_t>(length)});
  }
  static void XMLCALL on_comment(void* user, const XML_Char*) { self(user).markup(); }
  static void XMLCALL on_instruction(void* user, const XML_Char*, const XML_Char*) {
    self(user).markup();
  }
  static void XMLCALL on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*,
                                 int) {
    Builder& builder = self(user);
    // expat tells the place after the name; the keyword stands before it.
    const std::size_t at = builder.text_.rfind("<!DOCTYPE", builder.position());
    report(builder.out_, doctype, builder.span(at == std::string_view::npos ? 0 : at, 9), {});
    builder.stop();
  }

  [[nodiscard]] std::size_t position() const {
    return static_cast<std::size_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(parser_), 0));
  }
  [[nodiscard]] Span span(std::size_t offset, std::size_t length) const {
    return {static_cast<std::uint32_t>(std::min(offset, text_.size())),
            static_cast<std::uint32_t>(length), index_};
  }
  [[nodiscard]] Span span(std::string_view part) const {
    return span(static_cast<std::size_t>(part.data() - text_.data()), part.size());
  }
  void stop() {
    stopped_ = true;
    XML_StopParser(parser_, XML_FALSE);
  }
  void exceed(LocalizedText what, std::uint32_t limit, Span where) {
    report(out_, limit_exceeded, where, {{"what", what}, {"limit", std::int64_t{limit}}});
    stop();
  }

  // The name from `at` on; the tag is known to be well-formed.
  [[nodiscard]] std::string_view name_at(std::size_t at) const {
    std::size_t end = at;
    while (!ends_name[static_cast<unsigned char>(text_[end])]) ++end;
    return text_.substr(at, end - at);
  }

  static std::string_view local(std::string_view name) {
    return name.substr(name.find(':') + 1);  // npos + 1 is 0
  }

  // Namespace names repeat; each is stored once.
  std::string_view name_space(const XML_Char* expanded) {
    const char* end = std::strchr(expanded, separator);
    if (end == nullptr) return {};
    const std::string_view name(expanded, static_cast<std::size_t>(end - expanded));
    if (name == last_space_) return last_space_;
    const auto found = std::find(spaces_.begin(), spaces_.end(), name);
    last_space_ =
        found != spaces_.end() ? *found : spaces_.emplace_back(document_.store.emplace_back(name));
    return last_space_;
  }

  void start(const XML_Char* name, const XML_Char** given) {
    if (stopped_) return;  // expat may finish the tag it is in
    flush();
    const std::size_t at = position();
    const std::string_view written = name_at(at + 1);
    const auto self = static_cast<std::uint32_t>(document_.elements.size());
    if (open_.size() >= limits_.depth) {
      return exceed({"元素嵌套深度", "the depth of nesting"}, limits_.depth, span(written));
    }
    if (self >= limits_.elements) {
      return exceed({"元素个数", "the number of elements"}, limits_.elements, span(written));
    }
    XmlElement element;
    element.name = local(written);
    element.name_space = name_space(name);
    element.span = span(written);
    element.parent = open_.empty() ? self : open_.back();
    element.first_attribute = static_cast<std::uint32_t>(document_.attributes.size());
    element.first_text = static_cast<std::uint32_t>(document_.texts.size());
    read_attributes(at + 1 + written.size(), given);
    const std::size_t count = document_.attributes.size() - element.first_attribute;
    element.attribute_count = static_cast<std::uint32_t>(count);
    if (count > limits_.attributes) {
      return exceed({"一个元素的属性个数", "the number of attributes of an element"},
                    limits_.attributes, element.span);
    }
    document_.elements.push_back(element);
    open_.push_back(self);
  }

  // Pairs the attributes expat gives with their places. expat leaves out xmlns attributes, the tag
  // has them; the order is the same.
  void read_attributes(std::size_t at, const XML_Char** given) {
    for (;;) {
      while (is_blank(text_[at])) ++at;
      if (text_[at] == '/' || text_[at] == '>') return;
      const std::string_view name = name_at(at);
      at += name.size();
      while (text_[at] != '"' && text_[at] != '\'') ++at;
      const std::size_t begin = at + 1;
      at = text_.find(text_[at], begin) + 1;
      const std::string_view written = text_.substr(begin, at - 1 - begin);
      if (name == "xmlns" || name.starts_with("xmlns:")) {
        if (keep_ == KeepMarkup::no) continue;
        document_.attributes.push_back(
            {local(name), declaration_space, written, span(name), span(written)});
        continue;
      }
      XmlAttribute& attribute = document_.attributes.emplace_back();
      attribute.name = local(name);
      if (name.size() != attribute.name.size()) attribute.name_space = name_space(given[0]);
      attribute.name_span = span(name);
      attribute.value_span = span(written);
      const bool expanded = may_be_expanded(begin, at - 1);
      attribute.value =
          expanded ? std::string_view(document_.store.emplace_back(given[1])) : written;
      if (expanded || may_hide(begin, at - 1)) {
        look_for_hidden(attribute.value, written,
                        static_cast<std::uint32_t>(document_.attributes.size() - 1));
      }
      given += 2;
    }
  }

  // References and blanks to normalise: the value may differ from the source.
  bool may_be_expanded(std::size_t begin, std::size_t end) {
    return std::any_of(expanded_.begin(), expanded_.end(),
                       [&](NextByte& byte) { return byte.stands_within(text_, begin, end); });
  }

  // As NextByte: what is no plain character is looked for once in the text.
  bool may_hide(std::size_t begin, std::size_t end) {
    if (unusual_ < begin) unusual_ = skip_ordinary(text_, begin);
    return unusual_ < end;
  }

  // Characters written as references have not passed decode, so they are looked at here.
  void look_for_hidden(std::string_view value, std::string_view written, std::uint32_t attribute) {
    for (std::size_t i = skip_ordinary(value); i < value.size(); i = skip_ordinary(value, i)) {
      const CodePoint point = code_point_at(value, i);
      const CharacterKind kind = kind_of(point.value);
      if (kind == CharacterKind::ordinary || joins_emoji(value, i)) {
        i += std::max<std::size_t>(point.length, 1);
        continue;
      }
      const std::size_t at = written.find(value.substr(i, point.length));
      const Span where =
          at == std::string_view::npos ? span(written) : span(written.substr(at, point.length));
      if (kind == CharacterKind::zero_width) {
        document_.hidden.push_back({where, point.value, attribute});
      } else if (at == std::string_view::npos) {
        report(out_, kind == CharacterKind::bidi ? bidi_control : control_character, where,
               {{"character", code_point_name(point.value)}});
      }
      return;  // one for a value
    }
  }

  // U+200D between two pictures makes one of them: part of the writing, not hidden in it.
  static bool joins_emoji(std::string_view value, std::size_t at) {
    return value.substr(at).starts_with("\u200D") &&
           value.substr(at + 3).find_first_of("\xF0\xE2") == 0;
  }

  void end() {
    if (stopped_) return;
    flush();
    document_.elements[open_.back()].end = static_cast<std::uint32_t>(document_.elements.size());
    open_.pop_back();
  }

  void text(std::string_view part) {
    if (stopped_) return;
    if (pending_.empty()) {
      if (std::all_of(part.begin(), part.end(), is_blank)) return;
      pending_begin_ = position();
    }
    pending_ += part;
    pending_end_ = position() + static_cast<std::size_t>(XML_GetCurrentByteCount(parser_));
  }

  void markup() {
    if (stopped_) return;
    flush();
    if (keep_ == KeepMarkup::no) return;
    const Span where = span(position(), static_cast<std::size_t>(XML_GetCurrentByteCount(parser_)));
    document_.markup.push_back({where, open_.empty() ? XmlDocument::no_element : open_.back()});
  }

  void flush() {
    if (pending_.empty()) return;
    const std::string_view written =
        trimmed(text_.substr(pending_begin_, pending_end_ - pending_begin_));
    const std::string_view value = trimmed(pending_);
    const bool same = value == written;
    const std::string_view kept =
        same ? written : std::string_view(document_.store.emplace_back(value));
    document_.texts.push_back({kept, span(written), open_.back()});
    if (!same || may_hide(pending_begin_, pending_end_)) {
      look_for_hidden(kept, written, XmlHidden::in_text);
    }
    pending_.clear();
  }

  void report_error(XML_Error error);
  void report_unclosed(Span where, const LocalizedText& message, Arguments arguments);
  void report_invalid_token(XML_Error error, std::size_t at);
  [[nodiscard]] std::pair<std::size_t, std::string_view> unknown_entity(std::size_t at) const;

  std::string_view text_;
  SourceIndex index_;
  const ReadLimits& limits_;
  KeepMarkup keep_;
  XML_Parser parser_;
  XmlDocument document_;
  Diagnostics out_;
  bool stopped_ = false;
  std::vector<std::uint32_t> open_;
  std::vector<std::string_view> spaces_;
  std::string_view last_space_;
  std::array<NextByte, 4> expanded_{NextByte('&'), NextByte('\n'), NextByte('\t'), NextByte('\r')};
  std::size_t unusual_ = 0;
  std::string pending_;  // text since the last tag
  std::size_t pending_begin_ = 0, pending_end_ = 0;
};

struct ErrorText {
  XML_Error error;
  LocalizedText message;
};

// What expat says, in the words of someone who edits the file. Others are "not well-formed".
constexpr ErrorText error_texts[] = {
    {XML_ERROR_SYNTAX, {"这里的 XML 语法不对", "the XML syntax is wrong here"}},
    {XML_ERROR_UNCLOSED_TOKEN, {"标记没有写完", "a tag is not finished"}},
    {XML_ERROR_DUPLICATE_ATTRIBUTE, {"同一属性写了两次", "an attribute is given twice"}},
    {XML_ERROR_JUNK_AFTER_DOC_ELEMENT,
     {"根元素之后还有内容", "there is content after the root element"}},
    {XML_ERROR_BAD_CHAR_REF,
     {"字符引用不是允许的字符", "the character reference names no character allowed in XML"}},
    {XML_ERROR_MISPLACED_XML_PI,
     {"<?xml …?> 只能写在文件最开头", "<?xml …?> may stand only at the very beginning"}},
    {XML_ERROR_XML_DECL, {"<?xml …?> 声明写错", "the <?xml …?> declaration is wrong"}},
    {XML_ERROR_UNCLOSED_CDATA_SECTION, {"CDATA 没有结束", "a CDATA section is not closed"}},
    {XML_ERROR_UNBOUND_PREFIX, {"命名空间前缀没有声明", "a namespace prefix is not declared"}},
    {XML_ERROR_UNDECLARING_PREFIX,
     {"命名空间前缀不能取消", "a namespace prefix cannot be undeclared"}},
    {XML_ERROR_RESERVED_PREFIX_XML, {"前缀 xml 已有固定含义", "the prefix xml is reserved"}},
    {XML_ERROR_RESERVED_PREFIX_XMLNS, {"前缀 xmlns 已有固定含义", "the prefix xmlns is reserved"}},
    {XML_ERROR_RESERVED_NAMESPACE_URI, {"这个命名空间已有固定含义", "this namespace is reserved"}},
};

constexpr LocalizedText opened_here{"“{name}”在这里开始", "'{name}' begins here"};

// A tag that does not fit belongs to the element that is still open.
void Builder::report_unclosed(Span where, const LocalizedText& message, Arguments arguments) {
  const Span opened = document_.elements[open_.back()].span;
  std::string name(text_.substr(opened.offset, opened.length));
  arguments.push_back({"name", name});
  report_as(out_, malformed_xml, where, message, std::move(arguments))
      .witness.push_back({opened, {opened_here, {{"name", std::move(name)}}}});
}

// expat tells the place of the tag if the reference stands in an attribute.
std::pair<std::size_t, std::string_view> Builder::unknown_entity(std::size_t at) const {
  static constexpr std::string_view known[] = {"amp", "lt", "gt", "quot", "apos"};
  for (at = text_.find('&', at); at != std::string_view::npos; at = text_.find('&', at + 1)) {
    const std::size_t end = std::min(text_.find(';', at), text_.size());
    const std::string_view name = text_.substr(at + 1, end - at - 1);
    if (!name.starts_with('#') &&
        std::find(std::begin(known), std::end(known), name) == std::end(known)) {
      return {at, name};
    }
  }
  return {text_.size(), {}};
}

void Builder::report_error(XML_Error error) {
  if (error == XML_ERROR_NO_MEMORY) throw std::bad_alloc();
  const std::size_t at = std::min(position(), text_.size());
  if (error == XML_ERROR_UNDEFINED_ENTITY) {
    const auto [place, name] = unknown_entity(at);
    Diagnostic& finding = report(out_, undeclared_entity, span(place, name.size() + 2),
                                 {{"entity", std::string(name)}});
    if (name == "nbsp") {
      finding.help = {"改写为 &#160; 或普通空格", "write &#160; or an ordinary blank"};
    }
  } else if (error == XML_ERROR_TAG_MISMATCH && !open_.empty()) {
    std::size_t end = at;
    while (end < text_.size() && !is_blank(text_[end]) && text_[end] != '>') ++end;
    report_unclosed(span(at, end - at),
                    {"结束标记“{end}”与开始标记“{name}”不一致",
                     "the end tag '{end}' does not match the start tag '{name}'"},
                    {{"end", std::string(text_.substr(at, end - at))}});
  } else if (error == XML_ERROR_NO_ELEMENTS && open_.empty()) {
    report_as(out_, malformed_xml, span(at, 0),
              {"文件中没有根元素", "the file has no root element"}, {});
  } else if (error == XML_ERROR_NO_ELEMENTS) {
    report_unclosed(
        span(at, 0),
        {"文件到此为止，“{name}”却没有结束", "the file ends but '{name}' is not closed"}, {});
  } else {
    report_invalid_token(error, at);
  }
}

void Builder::report_invalid_token(XML_Error error, std::size_t at) {
  const auto* known = std::find_if(std::begin(error_texts), std::end(error_texts),
                                   [&](const ErrorText& row) { return row.error == error; });
  if (known != std::end(error_texts)) {
    report_as(out_, malformed_xml, span(at, 0), known->message, {});
    return;
  }
  // expat stops behind the "&" or "<" that should have been a reference.
  std::size_t begin = at;
  while (begin > 0 && at - begin < 32 && !is_blank(text_[begin - 1]) && text_[begin - 1] != '&' &&
         text_[begin - 1] != '<' && text_[begin - 1] != '>' && text_[begin - 1] != '"') {
    --begin;
  }
  if (begin > 0 && text_[begin - 1] == '&') {
    report_as(out_, malformed_xml, span(begin - 1, 1), {"& 后面不是实体", "'&' begins no entity"},
              {})
        .help = {"文字中的 & 写作 &amp;", "write &amp; for a plain &"};
    return;
  }
  if (at < text_.size() && (text_[at] == '<' || (at > 0 && text_[at - 1] == '<'))) {
    report_as(out_, malformed_xml, span(text_[at] == '<' ? at : at - 1, 1),
              {"< 在这里不是标记的开始", "'<' begins no tag here"}, {})
        .help = {"文字中的 < 写作 &lt;", "write &lt; for a plain <"};
    return;
  }
  const CodePoint point = at < text_.size() ? code_point_at(text_, at) : CodePoint{};
  const std::size_t length = point.length;
  if (length == 0) {
    report(out_, malformed_xml, span(at, 0), {});
    return;
  }
  report_as(out_, malformed_xml, span(at, length),
            {"这里不能出现“{character}”", "'{character}' is not allowed here"},
            {{"character", std::string(text_.substr(at, length))}});
}

}  // namespace

Parsed<XmlDocument> parse_xml(const SourceText& source, SourceIndex index, const ReadLimits& limits,
                              KeepMarkup keep) {
  if (source.text.size() <= limits.bytes) {
    std::optional<XmlDocument> plain = parse_plain_xml(source, index, limits, keep);
    if (plain) return {std::move(plain), {}};
  }
  return parse_with_expat(source, index, limits, keep);
}

Parsed<XmlDocument> parse_with_expat(const SourceText& source, SourceIndex index,
                                     const ReadLimits& limits, KeepMarkup keep) {
  if (source.text.size() > std::min<std::size_t>(limits.bytes, INT_MAX)) {
    Parsed<XmlDocument> result;
    report(result.diagnostics, limit_exceeded, {0, 0, index},
           {{"what", LocalizedText{"文件字节数", "the size in bytes"}},
            {"limit", std::int64_t{limits.bytes}}});
    return result;
  }
  return Builder(source, index, limits, keep).parse();
}

std::string root_attribute(const SourceText& source, std::string_view name) {
  if (const std::optional<XmlDocument> plain = parse_plain_root(source)) {
    const auto attributes = plain->attributes_of(plain->elements.front());
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const XmlAttribute& a) { return a.name == name; });
    return found == attributes.end() ? std::string() : std::string(found->value);
  }
  struct Search {
    XML_Parser parser;
    std::string_view name;
    std::string value = {};
    bool found = false;  // expat may finish the tag it is in
  } search{fresh_parser(), name};
  XML_SetUserData(search.parser, &search);
  XML_SetStartElementHandler(search.parser,
                             [](void* user, const XML_Char*, const XML_Char** attributes) {
                               Search& self = *static_cast<Search*>(user);
                               for (; !self.found && *attributes != nullptr; attributes += 2) {
                                 if (self.name == attributes[0]) self.value = attributes[1];
                               }
                               self.found = true;
                               XML_StopParser(self.parser, XML_FALSE);
                             });
  // As in parse_xml, no declaration of entities is ever read.
  XML_SetStartDoctypeDeclHandler(
      search.parser, [](void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
        XML_StopParser(static_cast<Search*>(user)->parser, XML_FALSE);
      });
  XML_Parse(search.parser, source.text.data(), static_cast<int>(source.text.size()), XML_TRUE);
  return std::move(search.value);
}

}  // namespace flowproof
