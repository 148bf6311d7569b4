// The front door: bytes in, values and findings out; and the way back to XML.
//
// Readers are strict and go on after a defect where that makes sense, so that one run tells all of
// them.
#pragma once

#include <string>
#include <string_view>

#include "flowproof/flow.hpp"
#include "flowproof/guide.hpp"
#include "flowproof/profile.hpp"
#include "flowproof/result.hpp"
#include "flowproof/source.hpp"

namespace flowproof {

/// Limits that bound work and memory; what exceeds one is a finding.
struct ReadLimits {
  std::uint32_t bytes = 64u << 20;
  std::uint32_t depth = 256;
  std::uint32_t attributes = 256;  ///< on one element
  std::uint32_t elements = 4'000'000;
};

/// Turns bytes into UTF-8: byte order marks, declared and undeclared UTF-16, GB18030 and GBK.
/// On failure the text holds the bytes as they were and the findings say where and why.
struct Decoded {
  SourceText source;
  Diagnostics diagnostics;
  bool readable = false;
};
[[nodiscard]] Decoded decode(std::string path, std::string bytes, SourceIndex index,
                             const ReadLimits& limits = {});

/// A flow, or a BPMN 2.0 process (see read_bpmn) by its root element.
[[nodiscard]] Parsed<Flow> read_flow(const SourceText& source, SourceIndex index,
                                     const ReadLimits& limits = {});
[[nodiscard]] Parsed<Guide> read_guide(const SourceText& source, SourceIndex index,
                                       const ReadLimits& limits = {});

/// A BPMN 2.0 process. What a flow has no form for is left out with a finding; ends swallow tokens
/// (Flow::ends). Attributes of the namespace urn:flowproof:flow:1 are taken as those of a flow.
/// Call activities become subflows. Of several processes the first is read that no other calls.
[[nodiscard]] Parsed<Flow> read_bpmn(const SourceText& source, SourceIndex index,
                                     const ReadLimits& limits = {});

/// The process of this id in a file of several; no value if there is none. A call of one names the
/// process behind a '#', after its file if that is another: "#Review", "joint.bpmn#Review".
[[nodiscard]] Parsed<Flow> read_process(const SourceText& source, SourceIndex index,
                                        std::string_view id, const ReadLimits& limits = {});

/// `base` is what it extends (already read), or null. `extends` of the root is read by
/// profile_base.
[[nodiscard]] Parsed<Profile> read_profile(const SourceText& source, SourceIndex index,
                                           const Profile* base, const ReadLimits& limits = {});
/// Name of the profile this one extends; empty if none.
[[nodiscard]] std::string profile_base(const SourceText& source);

/// The error of these three: the XML module cannot be loaded.
[[nodiscard]] Result<std::string> write_flow(const Flow& flow);
[[nodiscard]] Result<std::string> write_guide(const Guide& guide);

/// The canonical form of a flow, guide or profile file: indentation, order of attributes, quotes.
/// Comments and unknown content are kept. Pre: the source is well-formed (its reader found no XML
/// error).
[[nodiscard]] Result<std::string> format_source(const SourceText& source);

}  // namespace flowproof
