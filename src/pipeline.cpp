#include "flowproof/pipeline.hpp"

#include <algorithm>

#include "base/file.hpp"
#include "flowproof/closer.hpp"
#include "flowproof/dot.hpp"
#include "flowproof/drawing.hpp"
#include "flowproof/layout.hpp"
#include "model/reading_rules.hpp"

namespace flowproof {

namespace rules {
extern const Rule unreadable_guide;
}

namespace {

constexpr SourceIndex flow_source{0};
constexpr SourceIndex guide_source{1};

/// What the flow or its guide says the item is.
std::string_view type_of(const Case& subject) {
  if (!subject.flow->type.empty() || !subject.guide) return subject.flow->type.value;
  return subject.guide->type.value;
}

/// The guide that was asked for, or else the one the flow names; only the latter may be missing, as
/// that is a defect of the flow. An empty path: there is none.
struct GuideBytes {
  std::string path, bytes;
};
Result<GuideBytes> open_guide(const std::string& flow_path, const CaseOptions& options,
                              const Flow& flow, Diagnostics& findings) {
  if (!options.guide.empty()) {
    Result<std::string> bytes = read_file(options.guide, options.limits.bytes);
    if (!bytes) return std::move(bytes).error();
    return GuideBytes{options.guide, *std::move(bytes)};
  }
  if (options.guides != nullptr) {
    const auto found = options.guides->find(flow.item.value);
    if (found != options.guides->end()) return GuideBytes{found->second.path, found->second.text};
  }
  if (flow.guide.empty()) return GuideBytes{};
  const std::string folder = directory_of(flow_path);
  Result<std::string> bytes = read_file_beneath(folder, flow.guide.value, options.limits.bytes);
  if (bytes) return GuideBytes{folder + flow.guide.value, *std::move(bytes)};
  const ArgumentValue& reason = bytes.error().message.arguments.back().value;
  report(findings, rules::unreadable_guide, flow.guide.span,
         {{"path", flow.guide.value}, {"reason", reason}});
  return GuideBytes{};
}

void append(Diagnostics& all, Diagnostics more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// Decodes a document into the case's sources, then reads it.
template <class T>
std::optional<T> read_document(std::string path, std::string bytes, SourceIndex index,
                               const ReadLimits& limits, Case& subject,
                               Parsed<T> (*read)(const SourceText&, SourceIndex,
                                                 const ReadLimits&)) {
  Decoded decoded = decode(std::move(path), std::move(bytes), index, limits);
  append(subject.reading, std::move(decoded.diagnostics));
  subject.sources.push_back(std::move(decoded.source));
  if (!decoded.readable) return std::nullopt;
  Parsed<T> parsed = read(subject.sources.back(), index, limits);
  append(subject.reading, std::move(parsed.diagnostics));
  return std::move(parsed.value);
}

/// Pre of these: the case has a flow.
Drawn draw(const Case& subject) {
  Drawn drawn{measure(*subject.flow, *subject.profile), {}};
  drawn.layout = lay_out(*subject.flow, subject.facts, drawn.measured, subject.profile->layout);
  return drawn;
}

ComposeOptions sheet_options(const Case& subject, const PageOptions& wanted) {
  constexpr double binding_edge = 56.69;  // 20 mm
  PageSetup page = subject.profile->page;
  page.paper = wanted.paper.value_or(page.paper);
  page.orientation = wanted.orientation.value_or(page.orientation);
  if (wanted.bound) page.binding_margin = std::max(page.binding_margin, binding_edge);
  return {.language = subject.flow->chart_language(), .paged = true, .page = page};
}

bool on_sheets(const Writer& writer, const PageOptions& page) {
  return writer.form == Form::document || (writer.form == Form::picture && page.separate);
}

/// The files of one format: one, or one a page.
Result<std::vector<std::string>> write_all(const Writer& writer, const Scene& scene,
                                           WriteOptions options) {
  std::vector<std::string> files;
  const std::size_t count = writer.form == Form::picture ? scene.pages.size() : 1;
  for (options.page = 0; options.page < count; ++options.page) {
    Result<std::string> bytes = writer.write(scene, options);
    if (!bytes) return std::move(bytes).error();
    files.push_back(*std::move(bytes));
  }
  return files;
}

Result<Drawn> draw_with_dot(const Case& subject) {
  Measured measured = measure(*subject.flow, *subject.profile);
  Result<Layout> layout = lay_out_with_dot(*subject.flow, measured, subject.profile->layout);
  if (!layout) return std::move(layout).error();
  return Drawn{std::move(measured), *std::move(layout)};
}

const Guide* guide_of(const Case& subject) { return subject.guide ? &*subject.guide : nullptr; }

PaperPlan plan(const Case& subject, const Drawn& drawn, const ComposeOptions& options) {
  return plan_paper(*subject.flow, guide_of(subject), subject.facts, drawn.measured, drawn.layout,
                    *subject.profile, options);
}

/// A chart as it comes on sheets.
struct OnSheets {
  PaperPlan plan;
  std::optional<Drawn> closer;  ///< if drawing it closer saves a sheet
};
OnSheets put_on_sheets(const Case& subject, const Drawn& drawn, const ComposeOptions& options) {
  PaperPlan usual = plan(subject, drawn, options);
  if (usual.fit.pages < 2) return {std::move(usual), {}};
  for (const Closeness closeness : closer_drawings) {
    Drawn closer = draw_closer(*subject.flow, subject.facts, *subject.profile, closeness);
    PaperPlan paper = plan(subject, closer, options);
    if (saves_sheets(paper.fit, usual.fit)) return {std::move(paper), std::move(closer)};
  }
  return {std::move(usual), {}};
}

/// For the rules, which ask how large text is printed: where it is good, a closer drawing would
/// change nothing for them.
PaperFit judged_paper(const Case& subject, const Drawn& drawn) {
  const ComposeOptions options = sheet_options(subject, {});
  const PaperFit paper = plan(subject, drawn, options).fit;
  return paper.least_text < good_text_size ? put_on_sheets(subject, drawn, options).plan.fit
                                           : paper;
}

DrawingFacts facts_of(const Case& subject, const Drawn& drawn, const PaperFit& paper) {
  return {inspect(*subject.flow, subject.facts, drawn.measured, drawn.layout), paper,
          drawn.layout.main_line};
}

Scene compose_case(const Case& subject, const Drawn& drawn, ComposeOptions options) {
  options.language = subject.flow->chart_language();
  return compose(*subject.flow, guide_of(subject), subject.facts, drawn.measured, drawn.layout,
                 *subject.profile, options);
}

/// The drawings of one chart in all formats. Sheets are planned once, and once more with the list
/// of findings: what they hold is known only after rules have looked at the paper.
class Drawings {
 public:
  Drawings(const Case& subject, Drawn drawn, const RenderOptions& render)
      : subject_(subject),
        render_(render),
        drawn_(std::move(drawn)),
        sheet_options_(sheet_options(subject, render.page)),
        on_sheets_(render.bind || std::ranges::any_of(render.formats, [&](const Writer* writer) {
                     return writer != nullptr && on_sheets(*writer, render.page);
                   })) {
    sheet_options_.in_book = render.bind;
    if (on_sheets_ || render.judge) plan_sheets();
  }

  [[nodiscard]] const Drawn& drawn() const { return drawn_; }
  [[nodiscard]] const PaperFit& paper() const { return sheets_.plan.fit; }

  void show(const Diagnostics& findings) {
    sheet_options_.marks = marks_of(findings);
    sheet_options_.findings = &findings;
    if (on_sheets_) plan_sheets();
  }

  [[nodiscard]] Scene sheets() const {
    ComposeOptions options = sheet_options_;
    options.plan = &sheets_.plan;
    return compose_case(subject_, sheets_.closer ? *sheets_.closer : drawn_, std::move(options));
  }
  [[nodiscard]] Scene scene(const Writer& writer) const {
    if (on_sheets(writer, render_.page)) return sheets();
    return compose_case(subject_, drawn_,
                        {.steps = writer.form == Form::list,
                         .marks = sheet_options_.marks,
                         .findings = sheet_options_.findings});
  }

 private:
  void plan_sheets() {
    sheets_ = render_.with_dot ? OnSheets{plan(subject_, drawn_, sheet_options_), {}}
                               : put_on_sheets(subject_, drawn_, sheet_options_);
  }

  const Case& subject_;
  const RenderOptions& render_;
  const Drawn drawn_;
  ComposeOptions sheet_options_;
  const bool on_sheets_;
  OnSheets sheets_;
};

RuleContext context_of(const Case& subject, const Drawing* drawing, const CaseOptions& options) {
  return {*subject.flow,    guide_of(subject), subject.facts,
          *subject.profile, drawing,           options.calendar};
}

/// Without a flow there is nothing to run rules on: the readers' findings are all there is.
CheckResult check_case(const Case& subject, const Drawing* drawing, const CaseOptions& options) {
  if (!subject.flow)
    return {level_and_sort(subject.reading, subject.profile, options.check), 0, 0, {}};
  return check(context_of(subject, drawing, options), subject.reading, options.check);
}

std::optional<DueDates> due_dates_of(const Case& subject, const CaseOptions& options) {
  if (!options.accepted_on || !subject.flow) return std::nullopt;
  const Calendar& calendar = options.calendar != nullptr ? *options.calendar : published_calendar();
  return due_dates(*subject.flow, subject.guide ? &*subject.guide : nullptr, subject.facts,
                   *subject.profile, calendar, *options.accepted_on);
}

}  // namespace

Result<Case> read_case(const std::string& path, const ProfileSet& profiles,
                       const CaseOptions& options, Purpose purpose) {
  Result<std::string> bytes = read_file(path, options.limits.bytes);
  if (!bytes) return std::move(bytes).error();
  Case subject;
  subject.flow =
      read_document(path, *std::move(bytes), flow_source, options.limits, subject, &read_flow);
  if (!subject.flow) return subject;

  Result<GuideBytes> guide = open_guide(path, options, *subject.flow, subject.reading);
  if (!guide) return std::move(guide).error();
  if (!guide->path.empty()) {
    subject.guide = read_document(std::move(guide->path), std::move(guide->bytes), guide_source,
                                  options.limits, subject, &read_guide);
  }
  subject.profile = options.profile.empty() ? profiles.for_type(type_of(subject))
                                            : profiles.named(options.profile);
  Calls calls = read_calls(path, options.limits, subject);
  subject.facts =
      analyse(*subject.flow, guide_of(subject), *subject.profile, std::move(calls), purpose);
  return subject;
}

Result<Checked> check_file(const std::string& path, const ProfileSet& profiles,
                           const CaseOptions& options) {
  Result<Case> subject = read_case(path, profiles, options);
  if (!subject) return std::move(subject).error();
  std::optional<DrawingFacts> drawing;
  CheckResult result;
  if (options.drawing && subject->flow) {
    const Drawn drawn = draw(*subject);
    drawing = facts_of(*subject, drawn, judged_paper(*subject, drawn));
    const Drawing seen{drawn.measured, drawn.layout, *drawing};
    result = check_case(*subject, &seen, options);
  } else {
    result = check_case(*subject, nullptr, options);
  }
  std::optional<DueDates> due = due_dates_of(*subject, options);
  return Checked{*std::move(subject), std::move(result), std::move(due), std::move(drawing)};
}

Scene draw_case(const Case& subject, const ComposeOptions& options) {
  return compose_case(subject, draw(subject), options);
}

Result<Rendered> render_file(const std::string& path, const ProfileSet& profiles,
                             const CaseOptions& options, const RenderOptions& render) {
  Result<Case> read =
      read_case(path, profiles, options, render.judge ? Purpose::judging : Purpose::drawing);
  if (!read) return std::move(read).error();
  const Case& subject = *read;
  if (!subject.flow) {
    CheckResult result = check_case(subject, nullptr, options);
    return Rendered{{*std::move(read), std::move(result), {}, {}}, {}};
  }
  Result<Drawn> placed = render.with_dot ? draw_with_dot(subject) : draw(subject);
  if (!placed) return std::move(placed).error();
  Drawings drawings(subject, *std::move(placed), render);
  const Drawn& drawn = drawings.drawn();
  CheckResult result;
  std::optional<DrawingFacts> drawing;
  if (render.judge) {
    drawing = facts_of(subject, drawn, drawings.paper());
    const Drawing seen{drawn.measured, drawn.layout, *drawing};
    result = check_case(subject, &seen, options);
  }
  if (render.findings) drawings.show(result.findings);

  std::vector<std::vector<std::string>> outputs;
  for (const Writer* writer : render.formats) {
    if (writer == nullptr) {
      outputs.push_back({layout_json(*subject.flow, drawn.measured, drawn.layout)});
      continue;
    }
    Result<std::vector<std::string>> files =
        write_all(*writer, drawings.scene(*writer), render.write);
    if (!files) return std::move(files).error();
    outputs.push_back(*std::move(files));
  }
  std::optional<Scene> bound;
  if (render.bind) bound = drawings.sheets();
  return Rendered{{*std::move(read), std::move(result), {}, std::move(drawing)},
                  std::move(outputs),
                  std::move(bound)};
}

}  // namespace flowproof
