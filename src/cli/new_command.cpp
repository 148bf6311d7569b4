#include <algorithm>

#include "base/file.hpp"
#include "base/terminal.hpp"
#include "cli/commands.hpp"
#include "cli/draft_command.hpp"
#include "cli/inputs.hpp"
#include "flowproof/readers.hpp"

namespace flowproof::cli {

namespace {

constexpr std::size_t template_limit = 1U << 20;  // bytes

std::string template_folder(const Context& context) { return context.data() + "/templates/charts"; }

/// "…/licence.flow.xml" -> "licence".
std::string name_of_template(const std::string& path) {
  const std::string file = path.substr(directory_of(path).size());
  return file.substr(0, file.size() - flow_ending.size());
}

struct Document {
  SourceText source;
  std::optional<Flow> flow;
};

Result<Document> read_template(const std::string& path) {
  Result<std::string> bytes = read_file(path, template_limit);
  if (!bytes) return std::move(bytes).error();
  Decoded decoded = decode(path, *std::move(bytes), {});
  Parsed<Flow> parsed = read_flow(decoded.source, {});
  if (!decoded.readable || !parsed.value) {
    return usage_error({"模板“{path}”有误，用 flowproof check 检查它",
                        "the template '{path}' is broken; flowproof check tells how"},
                       {{"path", path}});
  }
  return Document{std::move(decoded.source), std::move(parsed.value)};
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// "取水许可办理流程图" -> "取水许可": what the guide calls the item.
std::string item_name(std::string title) {
  for (const std::string_view ending : {"办理流程图", "流程图"}) {
    if (title.size() > ending.size() && title.ends_with(ending)) {
      title.resize(title.size() - ending.size());
      break;
    }
  }
  return title;
}

/// The source with some of its attribute values exchanged; the rest, comments too, stays as it is.
std::string with_values(const SourceText& source,
                        std::vector<std::pair<Span, std::string>> values) {
  std::sort(values.begin(), values.end(),
            [](const auto& a, const auto& b) { return a.first.offset > b.first.offset; });
  std::string text = source.text;
  for (const auto& [span, value] : values) text.replace(span.offset, span.length, escaped(value));
  return text;
}

/// The template's guide under the name of the item.
std::string named_guide(std::string bytes, const std::string& title) {
  const Decoded decoded = decode({}, bytes, {});
  const Parsed<Guide> guide = read_guide(decoded.source, {});
  if (title.empty() || !guide.value || guide.value->name.empty()) return bytes;
  return with_values(decoded.source, {{guide.value->name.span, item_name(title)}});
}

Exit list_templates(const std::vector<std::string>& paths, Console& console) {
  TerminalText out(console.color_out);
  for (const std::string& path : paths) {
    const Result<Document> document = read_template(path);
    if (!document) return console.fail(document.error());
    const Flow& flow = *document->flow;
    const std::string name = name_of_template(path);
    constexpr std::size_t column = 18;
    out << name;
    out.blanks(name.size() < column ? column - name.size() : 1)
        << flow.title.value << "  " << flow.type.value << " " << flow.handling.value;
    out.line_end();
  }
  console.out(out.take());
  return Exit::clean;
}

Exit write_new(const Document& document, const std::string& title, const std::string& target,
               Console& console) {
  const Flow& flow = *document.flow;
  std::vector<std::pair<Span, std::string>> values;
  if (!title.empty() && !flow.title.empty()) values.emplace_back(flow.title.span, title);
  std::string guide_bytes;
  std::string guide_target;
  if (!flow.guide.empty()) {
    Result<std::string> bytes =
        read_file_beneath(directory_of(document.source.path), flow.guide.value, template_limit);
    if (!bytes) return console.fail(bytes.error());
    guide_bytes = named_guide(*std::move(bytes), title);
    guide_target = guide_beside(target);
    values.emplace_back(flow.guide.span, guide_target.substr(directory_of(guide_target).size()));
  }
  const std::string flow_bytes = with_values(document.source, std::move(values));
  std::vector<OutputFile> files{{target, flow_bytes}};
  if (!guide_target.empty()) files.push_back({guide_target, guide_bytes});
  const Result<Done> written = write_files(files, {{}, false, false});
  if (!written) return console.fail(written.error());
  for (const OutputFile& file : files) console.out_line(file.path);
  return Exit::clean;
}

}  // namespace

Exit run_new(const Command& command, Context& context, Words arguments) {
  Console& console = context.console;
  std::vector<std::string> names;
  std::string title, target;
  bool list = false;
  DraftArguments draft;
  std::vector<Option> options = {
      {"template", "TEMPLATE", {"模板名称", "name of a template"}, &names},
      {"-l,--list", "", {"列出模板", "list the templates"}, &list},
      {"--title", "TEXT", {"流程图标题", "title of the flowchart"}, &title},
      {"-o,--output",
       "FILE",
       {"新流程图文件，默认 模板名.flow.xml", "the new flow, TEMPLATE.flow.xml by default"},
       &target}};
  const std::vector<Option> of_draft = options_of(draft);
  options.insert(options.end(), of_draft.begin(), of_draft.end());
  if (const auto done = begin_command(command, context, std::move(options), std::move(arguments))) {
    return *done;
  }
  if (draft.given()) {
    if (draft.guide.empty() || !names.empty() || list) {
      return console.fail(
          usage_error({"--record、--all、--folder 等与 --guide 一起用；--guide 不与模板一起用",
                       "--record, --all, --folder and the like go with --guide, and --guide "
                       "with no template"}));
    }
    return run_draft(draft, target, title, context);
  }
  const Result<std::vector<std::string>> paths = list_files(template_folder(context), flow_ending);
  if (!paths) return console.fail(paths.error());
  if (list) return list_templates(*paths, console);
  if (names.size() != 1) {
    return console.fail(usage_error({"请给出一个模板名称；flowproof new --list 列出模板",
                                     "one template is needed; flowproof new --list shows them"}));
  }
  std::vector<std::string> known;
  for (const std::string& path : *paths) known.push_back(name_of_template(path));
  const auto found = std::find(known.begin(), known.end(), names.front());
  if (found == known.end()) {
    const std::vector<std::string_view> candidates(known.begin(), known.end());
    return console.fail(unknown_word({"模板", "template"}, names.front(), candidates));
  }
  const Result<Document> document =
      read_template((*paths)[static_cast<std::size_t>(found - known.begin())]);
  if (!document) return console.fail(document.error());
  if (target.empty()) target = names.front() + std::string(flow_ending);
  return write_new(*document, title, target, console);
}

}  // namespace flowproof::cli
