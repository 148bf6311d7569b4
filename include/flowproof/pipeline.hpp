// The chain of stages, for whoever wants all of it: the program, a server, a build tool.
//
// read -> analyse -> check, and for a chart also measure -> lay out -> compose -> write. Each takes
// const values and returns a new one; nothing here holds state, so files may run in parallel.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "flowproof/check.hpp"
#include "flowproof/drawing.hpp"
#include "flowproof/due_dates.hpp"
#include "flowproof/facts.hpp"
#include "flowproof/flow.hpp"
#include "flowproof/guide.hpp"
#include "flowproof/profile_set.hpp"
#include "flowproof/readers.hpp"
#include "flowproof/result.hpp"
#include "flowproof/writer.hpp"

namespace flowproof {

struct CaseOptions {
  std::string guide;    ///< path of the guide; empty: the one the flow names
  std::string profile;  ///< name of a profile of the set; empty: by the flow's type
  CheckOptions check;
  ReadLimits limits;
  const Calendar* calendar = nullptr;  ///< null: the published one
  /// Guides by item code; a flow that has one is held against it, not against the one it names.
  const std::map<std::string, SourceText, std::less<>>* guides = nullptr;
  std::optional<Date> accepted_on = {};  ///< check tells the days a case of that day is due
  bool drawing = false;  ///< check_file lays the chart out too, for the rules about its drawing
};

/// A flow with everything it is judged by.
struct Case {
  Sources sources;           ///< the flow, its guide if there is one, the flows it calls
  std::optional<Flow> flow;  ///< empty: nothing usable could be read
  std::optional<Guide> guide;
  const Profile* profile = nullptr;  ///< in the set; null only if the flow is empty
  Facts facts;
  Diagnostics reading;  ///< the readers' findings
};

struct Checked {
  Case subject;
  CheckResult result;
  std::optional<DueDates> due = {};          ///< if they were asked for and there is a flow
  std::optional<DrawingFacts> drawing = {};  ///< if the chart was laid out for the rules
};

/// What is asked for instead of the profile's page.
struct PageOptions {
  std::optional<Paper> paper = {};
  std::optional<Orientation> orientation = {};
  bool bound = false;     ///< leave room for a binding edge
  bool separate = false;  ///< SVG and PNG on sheets too, a file each
};

struct RenderOptions {
  std::vector<const Writer*> formats;  ///< one output each; null: the layout as JSON
  WriteOptions write;
  PageOptions page = {};
  bool bind = false;      ///< keep the chart on sheets, for a document of several
  bool with_dot = false;  ///< placed by Graphviz instead of our own layout, to compare
  bool findings = false;  ///< numbers on the chart and the list of findings below it
  bool judge = true;      ///< false: nobody asks for findings, so no rule is run
};

struct Rendered {
  Checked checked;
  /// Parallel to `formats`: one file, or one a page; empty if there is no flow to draw.
  std::vector<std::vector<std::string>> outputs;
  std::optional<Scene> sheets = {};  ///< if they are to be bound with others
};

/// Reads a flow ("-": standard input), its guide, and chooses its profile.
[[nodiscard]] Result<Case> read_case(const std::string& path, const ProfileSet& profiles,
                                     const CaseOptions& options,
                                     Purpose purpose = Purpose::judging);
/// The calls of the case's flow, which was read from `path`. Adds the files called to the sources
/// and those that cannot be read to the findings. Pre: the case has a flow and a profile.
[[nodiscard]] Calls read_calls(const std::string& path, const ReadLimits& limits, Case& subject);
[[nodiscard]] Result<Checked> check_file(const std::string& path, const ProfileSet& profiles,
                                         const CaseOptions& options);
/// The chart of a case with marks on it. Pre: the case has a flow.
[[nodiscard]] Scene draw_case(const Case& subject, const ComposeOptions& options);
[[nodiscard]] Result<Rendered> render_file(const std::string& path, const ProfileSet& profiles,
                                           const CaseOptions& options, const RenderOptions& render);

}  // namespace flowproof
