// Writes flows and guides, and the canonical form of a file: UTF-8, LF, two blanks of indentation,
// one element a line, attributes in one order.
#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

#include "base/module.hpp"
#include "flowproof/readers.hpp"
#include "model/text_fields.hpp"
#include "xml/printer.hpp"
#include "xml/xml_document.hpp"

namespace flowproof {

namespace {

// The order attributes are written in, for all formats; others follow in the order they were given.
constexpr std::string_view canonical_order[] = {
    // flow: lanes and nodes
    "id", "lane", "stage",
    // fields of a portal
    "key", "to",
    // names and what they are of
    "name", "title", "extends", "code", "catalog", "item", "kind", "ask", "answer", "outcome",
    "text", "by", "performer", "value", "unit", "note", "limit", "counted", "basis", "material",
    "output", "result", "standard", "need", "condition", "href", "remark",
    // exits, notes and waivers
    "node", "when", "max", "timeout", "for", "rule", "until", "reason",
    // the rest of the roots and of profiles
    "type", "handling", "authority", "level", "guide", "statutory", "promised", "version", "date",
    "consult", "complaint", "lang", "types", "words", "stages", "outcomes", "span", "extension",
    "approver", "source"};

std::size_t rank_of(std::string_view attribute) {
  const auto* found = std::find(std::begin(canonical_order), std::end(canonical_order), attribute);
  return static_cast<std::size_t>(found - std::begin(canonical_order));
}

/// What `write` prints behind the declaration.
template <class Write>
Result<std::string> printed(const Write& write) {
  const Result<const xml::Module*> module =
      load_table<xml::Module>("flowproof_xml", xml::module_entry, xml::module_version,
                              {"XML 模块与程序的版本不同", "the XML module is of another version"});
  if (!module) return module.error();
  const std::unique_ptr<xml::Printer> printer = (*module)->printer();
  printer->instruction("xml version=\"1.0\" encoding=\"UTF-8\"");
  write(*printer);
  std::string document = printer->document();
  if (!document.ends_with('\n')) document += '\n';
  return document;
}

// An element; what is made while it lives stands inside.
class Element {
 public:
  Element(xml::Printer& printer, std::string_view name) : printer_(printer) { printer_.open(name); }
  ~Element() { printer_.close(); }
  Element(const Element&) = delete;
  Element& operator=(const Element&) = delete;

  Element& with(std::string_view name, const Text& text) {
    if (!text.empty()) printer_.attribute(name, text.value);
    return *this;
  }
  Element& with(std::string_view name, std::string_view value) {
    printer_.attribute(name, value);
    return *this;
  }
  void holding(const Text& text) {
    if (!text.empty()) printer_.text(text.value);
  }

 private:
  xml::Printer& printer_;
};

void write_waiver(xml::Printer& printer, const Waiver& waiver) {
  Element(printer, "waive")
      .with("rule", waiver.rule)
      .with("until", waiver.until)
      .with("reason", waiver.reason);
}

void write_exit(xml::Printer& printer, const Flow& flow, const Edge& edge) {
  Element exit(printer, "to");
  exit.with("node", flow.node(edge.to).id()).with("when", edge.when);
  if (edge.max) exit.with("max", std::to_string(*edge.max));
  if (edge.timeout) exit.with("timeout", std::string_view("yes"));
}

class FlowWriter {
 public:
  FlowWriter(xml::Printer& printer, const Flow& flow) : printer_(printer), flow_(flow) {}

  void write() {
    Element root(printer_, "flow");
    root.with("xmlns", std::string_view("urn:flowproof:flow:1"));
    for (const Field<Flow>& field : flow_fields) root.with(field.name, flow_.*field.member);
    for (const Lane& lane : flow_.lanes) {
      Element(printer_, "lane").with("id", lane.id).with("name", lane.name);
    }
    for (const Node& node : flow_.nodes) write_node(node);
    for (const Note& note : flow_.notes) write_note(note);
    for (const Waiver& waiver : flow_.waivers) {
      if (!waiver.target) write_waiver(printer_, waiver);
    }
  }

 private:
  void write_node(const Node& node) {
    const NodeIndex self{static_cast<std::uint32_t>(&node - flow_.nodes.data())};
    Element element(printer_, name_of(node.kind));
    std::vector<const AttributeText*> attributes;
    for (const AttributeText& attribute : node.attributes) attributes.push_back(&attribute);
    std::stable_sort(attributes.begin(), attributes.end(), [](const auto* a, const auto* b) {
      return rank_of(name_of(a->name)) < rank_of(name_of(b->name));
    });
    for (const AttributeText* attribute : attributes) {
      element.with(name_of(attribute->name), attribute->text.value);
    }
    // Edges are sorted by their source.
    for (; next_ < flow_.edges.size() && flow_.edges[next_].from == self; ++next_) {
      write_exit(printer_, flow_, flow_.edges[next_]);
    }
    for (const Waiver& waiver : flow_.waivers) {
      if (waiver.target == self) write_waiver(printer_, waiver);
    }
  }

  void write_note(const Note& note) {
    Element element(printer_, "note");
    if (note.target) element.with("for", flow_.node(*note.target).id());
    element.holding(note.text);
  }

  xml::Printer& printer_;
  const Flow& flow_;
  std::size_t next_ = 0;  // edge
};

void write_limit(xml::Printer& printer, const char* name, const GuideLimit& limit) {
  if (!limit.given()) return;
  Element(printer, name)
      .with("value", limit.value)
      .with("unit", limit.unit)
      .with("note", limit.note)
      .with("basis", limit.basis)
      .with("span", limit.span);
}

void write_entries(xml::Printer& printer, const char* name,
                   const std::vector<GuideEntry>& entries) {
  for (const GuideEntry& entry : entries) {
    Element element(printer, name);
    element.with("kind", entry.kind).holding(entry.text);
  }
}

void write_steps(xml::Printer& printer, const std::vector<GuideStep>& steps) {
  if (steps.empty()) return;
  Element list(printer, "steps");
  for (const GuideStep& step : steps) {
    Element(printer, "step")
        .with("stage", step.stage)
        .with("name", step.name)
        .with("performer", step.performer)
        .with("limit", step.limit)
        .with("result", step.result)
        .with("standard", step.standard);
  }
}

}  // namespace

Result<std::string> write_flow(const Flow& flow) {
  return printed([&](xml::Printer& printer) { FlowWriter(printer, flow).write(); });
}

Result<std::string> write_guide(const Guide& guide) {
  return printed([&](xml::Printer& printer) {
    Element root(printer, "guide");
    root.with("xmlns", std::string_view("urn:flowproof:guide:1"));
    root.with("name", guide.name).with("code", guide.code).with("catalog", guide.catalog);
    root.with("type", guide.type).with("handling", guide.handling);
    root.with("authority", guide.authority).with("level", guide.level);
    root.with("version", guide.version).with("date", guide.date);
    write_limit(printer, "statutory", guide.statutory);
    write_limit(printer, "promised", guide.promised);
    write_steps(printer, guide.steps);
    for (const GuideSpecial& special : guide.specials) {
      Element(printer, "special")
          .with("kind", special.kind)
          .with("limit", special.limit)
          .with("counted", special.counted)
          .with("basis", special.basis);
    }
    for (const GuideMaterial& material : guide.materials) {
      Element(printer, "material").with("name", material.name).with("need", material.need);
    }
    for (const GuideResult& result : guide.results) {
      Element(printer, "result").with("name", result.name).with("kind", result.kind);
    }
    write_entries(printer, "remedy", guide.remedies);
    write_entries(printer, "contact", guide.contacts);
    for (const Text& condition : guide.conditions) {
      Element(printer, "condition").holding(condition);
    }
    for (const GuideQuestion& question : guide.questions) {
      Element(printer, "question").with("ask", question.ask).with("answer", question.answer);
    }
    for (const GuideTarget& target : guide.targets) {
      Element(printer, "target").with("kind", target.kind).with("value", target.value);
    }
    if (!guide.procedure.empty()) Element(printer, "procedure").holding(guide.procedure);
  });
}

namespace {

// Prints a parsed file again. Elements, texts, comments and instructions are merged by their place.
class Formatter {
 public:
  Formatter(xml::Printer& printer, std::string_view source, const XmlDocument& document)
      : printer_(printer), source_(source), document_(document) {}

  void format() {
    std::size_t text = 0, markup = 0;
    std::vector<std::uint32_t> open;
    const auto close_before = [&](std::uint32_t element) {
      while (!open.empty() && document_.elements[open.back()].end <= element) {
        printer_.close();
        open.pop_back();
      }
    };
    // Everything before `offset` that is no element, and the end tags that come before it.
    const auto flush = [&](std::size_t offset) {
      for (;;) {
        const std::size_t text_at = text < document_.texts.size()
                                        ? begin(document_.texts[text].span)
                                        : std::string_view::npos;
        const std::size_t markup_at = markup < document_.markup.size()
                                          ? begin(document_.markup[markup].span)
                                          : std::string_view::npos;
        if (std::min(text_at, markup_at) >= offset) return;
        const bool is_text = text_at < markup_at;
        const std::uint32_t parent =
            is_text ? document_.texts[text].parent : document_.markup[markup].parent;
        while (!open.empty() && open.back() != parent) {
          printer_.close();
          open.pop_back();
        }
        if (is_text) {
          printer_.text(document_.texts[text++].value);
        } else {
          print_markup(document_.markup[markup++]);
        }
      }
    };
    for (std::uint32_t i = 0; i < document_.elements.size(); ++i) {
      const XmlElement& element = document_.elements[i];
      flush(begin(element.span) - 1);
      close_before(i);
      print_start(element);
      open.push_back(i);
    }
    flush(std::string_view::npos);
    for (; !open.empty(); open.pop_back()) printer_.close();
  }

 private:
  static std::size_t begin(const Span& span) { return span.offset; }
  [[nodiscard]] std::string_view written(const Span& span) const {
    return source_.substr(span.offset, span.length);
  }

  // One empty line between things is the author's paragraph; more are one.
  [[nodiscard]] xml::Printer::Gap gap_before(std::size_t offset, bool may_share_line) const {
    int lines = 0;
    for (; offset > 0; --offset) {
      const char c = source_[offset - 1];
      if (c == '\n' || (c == '\r' && source_[offset] != '\n')) {
        ++lines;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        break;
      }
    }
    if (lines == 0 && may_share_line && offset > 0) return xml::Printer::Gap::none;
    return lines > 1 ? xml::Printer::Gap::empty_line : xml::Printer::Gap::line;
  }

  void print_start(const XmlElement& element) {
    printer_.gap(gap_before(begin(element.span) - 1, false));
    printer_.open(written(element.span));
    std::vector<const XmlAttribute*> attributes;
    for (const XmlAttribute& attribute : document_.attributes_of(element)) {
      attributes.push_back(&attribute);
    }
    // Namespaces, then ours in their order, then what belongs to others.
    const auto rank = [](const XmlAttribute& attribute) {
      if (attribute.name_space == declaration_space) return std::size_t{0};
      if (!attribute.name_space.empty()) return std::size(canonical_order) + 2;
      return rank_of(attribute.name) + 1;
    };
    std::stable_sort(attributes.begin(), attributes.end(),
                     [&](const auto* a, const auto* b) { return rank(*a) < rank(*b); });
    for (const XmlAttribute* attribute : attributes) {
      printer_.attribute(written(attribute->name_span), attribute->value);
    }
  }

  void print_markup(const XmlMarkup& markup) {
    const std::string_view all = written(markup.span);
    const bool inside = markup.parent != XmlDocument::no_element;
    const bool behind = !inside && begin(markup.span) > begin(document_.elements[0].span);
    printer_.gap(behind && !std::exchange(root_ended_, true)
                     ? xml::Printer::Gap::joined
                     : gap_before(begin(markup.span), inside));
    if (all.starts_with("<!--")) {
      printer_.comment(all.substr(4, all.size() - 7));
    } else {
      printer_.instruction(all.substr(2, all.size() - 4));
    }
  }

  xml::Printer& printer_;
  std::string_view source_;
  const XmlDocument& document_;
  bool root_ended_ = false;
};

}  // namespace

Result<std::string> format_source(const SourceText& source) {
  const Parsed<XmlDocument> document = parse_xml(source, {}, {}, KeepMarkup::yes);
  assert(document.value && "only well-formed sources are formatted");
  if (!document.value) return source.text;
  return printed(
      [&](xml::Printer& printer) { Formatter(printer, source.text, *document.value).format(); });
}

}  // namespace flowproof
