// The rules of family X: what readers find while they turn bytes into values.
//
// They have no check function; a reader reports them itself. Used by src/base/charset and the
// readers of src/xml; listed by the registry with all other rules.
#pragma once

#include <span>
#include <string>

#include "flowproof/diagnostic.hpp"
#include "flowproof/rule.hpp"
#include "flowproof/time_limit.hpp"

namespace flowproof {

// clang-format off
extern constinit const Rule
    // bytes and characters
    empty_document, not_xml, invalid_encoding, mislabelled_encoding, legacy_encoding,
    forbidden_character, control_character, bidi_control, zero_width_character,
    // XML
    malformed_xml, doctype, undeclared_entity, limit_exceeded,
    // the formats
    wrong_root, unknown_element, unknown_attribute, missing_attribute, repeated_element,
    misplaced_text, unknown_value, bad_number, bad_date, unreadable_limit,
    // ids
    invalid_id, duplicate_id, dangling_reference,
    // BPMN
    unmappable_element;
// clang-format on

/// Why a limit is no duration, for messages of unreadable_limit.
[[nodiscard]] LocalizedText reason_text(NotComparable reason);

/// Sorted by code.
[[nodiscard]] std::span<const Rule* const> reading_rules();

/// Adds a finding with the rule's own message. The reference is good until the next call.
Diagnostic& report(Diagnostics& out, const Rule& rule, Span span, Arguments arguments,
                   std::string element = {});
/// The same with another wording of the message: a variant of the defect.
Diagnostic& report_as(Diagnostics& out, const Rule& rule, Span span, LocalizedText message,
                      Arguments arguments, std::string element = {});

/// Turns the help into "did you mean" unless `nearest` is empty.
Diagnostic& suggest(Diagnostic& finding, std::string_view nearest);

}  // namespace flowproof
