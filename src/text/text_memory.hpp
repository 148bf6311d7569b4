// What measure has found before: charts of an office say the same few words in the same boxes.
//
// Used by measure. One a thread, so that none waits for another; what comes out is what measuring
// again would give. Profiles differ in what they keep whole and in their sizes: each such basis
// has its own blocks, and holds its lists of words, so that no other can take their place.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "flowproof/layout.hpp"
#include "flowproof/profile.hpp"

namespace flowproof::text {

/// What a block depends on beside the basis, as one text.
class TextKey {
 public:
  TextKey& add(std::uint32_t number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    text_.append(bytes, sizeof number);
    return *this;
  }
  TextKey& add(std::string_view text) {
    text_ += text;
    return add(static_cast<std::uint32_t>(text.size()));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class TextMemory {
 public:
  /// That of this thread for the words and sizes of a profile.
  static TextMemory& of(const Profile& profile);

  /// The block remembered under a key, else what `make` gives.
  template <class Make>
  [[nodiscard]] TextBlock get(const TextKey& key, const Make& make) {
    const std::string& text = key.text();
    if (const auto known = blocks_.find(text); known != blocks_.end()) return known->second;
    TextBlock block = make();
    if (blocks_.size() < most_blocks && text.size() <= longest_key) blocks_.emplace(text, block);
    return block;
  }

 private:
  static constexpr std::size_t most_blocks = 1024, longest_key = 256;

  explicit TextMemory(const Profile& profile)
      : stages_(profile.vocabulary.stages),
        outcomes_(profile.vocabulary.outcomes),
        terms_(profile.terms),
        sizes_(sizes_of(profile)) {}

  using Sizes = std::array<double, 4>;
  [[nodiscard]] static Sizes sizes_of(const Profile& profile) {
    return {profile.theme.font_size, profile.theme.label_size, profile.layout.box_width,
            profile.layout.max_text_width};
  }
  [[nodiscard]] bool fits(const Profile& profile) const {
    return profile.terms == terms_ && profile.vocabulary.stages == stages_ &&
           profile.vocabulary.outcomes == outcomes_ && sizes_of(profile) == sizes_;
  }

  WordList<Stage> stages_;
  WordList<Outcome> outcomes_;
  TermList terms_;
  Sizes sizes_;
  std::unordered_map<std::string, TextBlock> blocks_;
};

}  // namespace flowproof::text
