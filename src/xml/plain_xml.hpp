// The quick way for documents as people and programs mostly write them; everything else is expat's.
//
// Plain: ordinary characters only, no references, CDATA, instructions or document type, ASCII names
// without prefixes, one default namespace given by the root, values and texts in which no blank is
// to be normalised. Used by parse_xml alone. What is accepted here is well-formed and gives the
// document expat would give; a property test holds the two against each other.
#pragma once

#include <optional>

#include "xml/xml_document.hpp"

namespace flowproof {

/// Empty if the text is not plain, which says nothing about it. Pre: the source was decoded.
[[nodiscard]] std::optional<XmlDocument> parse_plain_xml(const SourceText& source,
                                                         SourceIndex index,
                                                         const ReadLimits& limits, KeepMarkup keep);

/// The attributes of the root, read like the rest; what follows its start tag is not looked at.
[[nodiscard]] std::optional<XmlDocument> parse_plain_root(const SourceText& source);

}  // namespace flowproof
