#include "cli/arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

#include "base/nearest_name.hpp"
#include "base/terminal.hpp"

namespace flowproof::cli {

namespace {

bool positional(const Option& option) { return !option.names.starts_with('-'); }

/// "--output" of "-o,--output".
std::string long_name(const Option& option) {
  const std::size_t comma = option.names.rfind(',');
  return comma == std::string::npos ? option.names : option.names.substr(comma + 1);
}

/// One of the words may be the option, or begin a cluster of flags with it. CLI11 compares every
/// option with all that it knows already, so it is told of these alone.
bool may_be_given(const Option& option, std::span<const std::string> words) {
  if (positional(option)) return true;
  const std::string name = long_name(option);
  const bool has_short = name.size() != option.names.size() || !name.starts_with("--");
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    if (!word.starts_with("--")) return has_short && word.starts_with('-');
    return word.substr(0, word.find('=')) == name;
  });
}

std::vector<std::string> split_at_commas(const std::vector<std::string>& values) {
  std::vector<std::string> parts;
  for (const std::string& value : values) {
    for (std::size_t begin = 0; begin <= value.size();) {
      const std::size_t end = std::min(value.find(',', begin), value.size());
      if (end > begin) parts.push_back(value.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return parts;
}

Result<Done> check_choice(const Option& option, const std::string& value) {
  if (option.choices.empty() ||
      std::find(option.choices.begin(), option.choices.end(), value) != option.choices.end()) {
    return Done{};
  }
  std::vector<std::string> choices(option.choices.begin(), option.choices.end());
  return usage_error({"{option} 不接受“{value}”，可用：{choices}",
                      "{option} does not take '{value}'; it takes {choices}"},
                     {{"option", long_name(option)}, {"value", value}, {"choices", choices}});
}

/// Gives the values CLI11 found to the option's target.
Result<Done> assign(const Option& option, std::vector<std::string> values) {
  if (!positional(option) && (values.empty() || values.back().empty())) {
    return usage_error({"{option} 缺少取值", "{option} needs a value"},
                       {{"option", long_name(option)}});
  }
  if (auto* const* list = std::get_if<std::vector<std::string>*>(&option.target)) {
    **list = positional(option) ? std::move(values) : split_at_commas(values);
    for (const std::string& value : **list) {
      if (Result<Done> checked = check_choice(option, value); !checked) return checked;
    }
    return Done{};
  }
  const std::string& value = values.back();  // the last one counts, as in other tools
  if (auto* const* text = std::get_if<std::string*>(&option.target)) {
    **text = value;
    return check_choice(option, value);
  }
  unsigned& number = **std::get_if<unsigned*>(&option.target);
  const auto [end, code] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (code == std::errc{} && end == value.data() + value.size()) return Done{};
  return usage_error(
      {"{option} 需要一个整数，而不是“{value}”", "{option} takes a whole number, not '{value}'"},
      {{"option", long_name(option)}, {"value", value}});
}

std::vector<std::string_view> all_names(std::span<const Option> options) {
  std::vector<std::string_view> names;
  for (const Option& option : options) {
    if (positional(option)) continue;
    const std::size_t comma = option.names.rfind(',');
    names.push_back(
        std::string_view(option.names).substr(comma == std::string::npos ? 0 : comma + 1));
  }
  return names;
}

Result<Done> refuse_extras(std::span<const Option> options,
                           const std::vector<std::string>& extras) {
  for (const std::string& extra : extras) {
    if (extra == "--") continue;  // CLI11 keeps the mark itself
    if (extra.size() > 1 && extra.starts_with('-')) {
      return unknown_word({"选项", "option"}, extra.substr(0, extra.find('=')), all_names(options));
    }
    return usage_error({"多余的参数“{word}”", "unexpected argument '{word}'"}, {{"word", extra}});
  }
  return Done{};
}

}  // namespace

Result<Done> parse_arguments(std::span<const Option> options, std::vector<std::string> arguments) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  struct Row {
    const Option* option;
    CLI::Option* parsed;
  };
  std::vector<Row> rows;
  for (const Option& option : options) {
    if (!may_be_given(option, arguments)) continue;
    CLI::Option* row = nullptr;
    if (bool* const* flag = std::get_if<bool*>(&option.target)) {
      row = app.add_flag(option.names, **flag);
    } else {
      row = app.add_option(option.names);
      row->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
      row->expected(0, positional(option) ? 1 << 29 : 1)->allow_extra_args(positional(option));
    }
    rows.push_back({&option, row});
  }
  try {
    std::reverse(arguments.begin(), arguments.end());  // as App::parse wants them
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    return usage_error({"命令行有误：{reason}", "{reason}"},
                       {{"reason", std::string(error.what())}});
  }
  if (Result<Done> refused = refuse_extras(options, app.remaining()); !refused) return refused;
  for (const Row& row : rows) {
    if (std::holds_alternative<bool*>(row.option->target) || row.parsed->empty()) continue;
    if (Result<Done> assigned = assign(*row.option, row.parsed->results()); !assigned) {
      return assigned;
    }
  }
  return Done{};
}

std::string options_help(std::span<const Option> options, Language language) {
  constexpr std::size_t column = 26;
  TerminalText out(false);
  for (const Option& option : options) {
    std::string left = option.names;
    if (const std::size_t comma = left.find(','); comma != std::string::npos)
      left.insert(comma + 1, " ");
    if (positional(option))
      left = option.value;
    else if (!option.value.empty())
      left += " " + std::string(option.value);
    out << "  " << left;
    if (left.size() + 2 > column - 2) {
      out.line_end().blanks(column);
    } else {
      out.blanks(column - 2 - left.size());
    }
    out << option.summary.in(language);
    out.line_end();
  }
  return out.take();
}

Error usage_error(const LocalizedText& text, Arguments arguments) {
  return {ErrorKind::usage, {text, std::move(arguments)}};
}

Error unknown_word(const LocalizedText& kind, std::string_view word,
                   std::span<const std::string_view> candidates) {
  const std::string_view nearest = nearest_name(word, candidates);
  Arguments arguments{{"kind", kind}, {"word", std::string(word)}};
  if (nearest.empty()) {
    return usage_error({"没有{kind}“{word}”", "there is no {kind} '{word}'"}, std::move(arguments));
  }
  arguments.push_back({"nearest", std::string(nearest)});
  return usage_error({"没有{kind}“{word}”，是不是“{nearest}”？",
                      "there is no {kind} '{word}'; did you mean '{nearest}'?"},
                     std::move(arguments));
}

}  // namespace flowproof::cli
