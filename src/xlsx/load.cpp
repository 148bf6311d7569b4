// The library's side of the worklist: loads the module that links libxlsxwriter and calls it.
#include "base/file.hpp"
#include "base/module.hpp"
#include "xlsx/module.hpp"

namespace flowproof {

struct Worklist::State {
  const xlsx::Module* module;
  xlsx::Workbook* workbook;

  State(const xlsx::Module* loaded, xlsx::Workbook* created) : module(loaded), workbook(created) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { module->destroy(workbook); }
};

namespace {

/// The module has no words for the system's errors.
Error worded(Error error) {
  for (Argument& argument : error.message.arguments) {
    const auto* number = std::get_if<std::int64_t>(&argument.value);
    if (argument.name == "reason" && number != nullptr) {
      argument.value = system_reason(static_cast<int>(*number));
    }
  }
  return error;
}

}  // namespace

Worklist::Worklist(std::unique_ptr<State> state) : state_(std::move(state)) {}
Worklist::Worklist(Worklist&&) noexcept = default;
Worklist& Worklist::operator=(Worklist&&) noexcept = default;
Worklist::~Worklist() = default;

Result<Worklist> Worklist::create(const std::string& path, bool compared, Language language) {
  const Result<const xlsx::Module*> module = load_table<xlsx::Module>(
      "flowproof_xlsx", xlsx::module_entry, xlsx::module_version,
      {"表格模块与程序的版本不同", "the workbook module is of another version"});
  if (!module) return module.error();
  const Result<xlsx::Workbook*> workbook = (*module)->create(path, compared, language);
  if (!workbook) return worded(workbook.error());
  return Worklist(std::make_unique<State>(*module, *workbook));
}

void Worklist::add(const AuditedRecord& record) { state_->module->add(state_->workbook, record); }

void Worklist::add_fixed(const AuditedRecord& record, const AuditedFinding& finding) {
  state_->module->add_fixed(state_->workbook, record, finding);
}

Result<Done> Worklist::finish(const AuditOverview& overview) {
  Result<Done> done = state_->module->finish(state_->workbook, overview);
  if (!done) return worded(done.error());
  return done;
}

}  // namespace flowproof
