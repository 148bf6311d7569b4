#include "model/time_words.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/unicode.hpp"
#include "flowproof/time_limit.hpp"
#include "model/numeral.hpp"

namespace flowproof {

namespace {

using enum TokenKind;
using namespace std::string_view_literals;

/// Words of one kind, separated by '|'. English words match as whole words, in lower case.
struct Row {
  TokenKind kind;
  std::u32string_view words;
  TimeUnit unit = TimeUnit::working_day;  // of kind unit
};

// Words that merely contain a word of the grammar stand under `other`, so that the longest match
// shields them: 年级 is no 年, 一般 no 一, 日期 no 日.
constexpr Row rows[] = {
    {unit,
     U"工作日|工作天|有效工作日|法定工作日|working day|working days|workday|workdays|"
     U"work day|work days|business day|business days|wd"},
    {unit, U"日|天|day|days|d", TimeUnit::day},
    {unit,
     U"自然日|日历日|日历天|自然天|公历日|calendar day|calendar days|natural day|natural days",
     TimeUnit::natural_day},
    {unit, U"小时|钟头|hour|hours|hr|hrs|h", TimeUnit::hour},
    {unit,
     U"工作小时|工作时|工时|working hour|working hours|business hour|business hours|"
     U"office hour|office hours",
     TimeUnit::working_hour},
    {unit, U"分钟|minute|minutes|min|mins", TimeUnit::minute},
    {unit, U"周|星期|礼拜|week|weeks", TimeUnit::week},
    {unit, U"月|month|months", TimeUnit::month},
    {unit, U"年|周年|year|years", TimeUnit::year},
    {half, U"半|half a"},
    {counter, U"个|個"},
    {rough, U"余|多"},
    {indefinite, U"几|数|若干|好几|several|a few|few"},
    {range, U"至|到|~|∼|〜|–|—|―|——|――|to"},
    {minus, U"-|‐|‑|−"},
    {link, U"/|、|:|+|*|×|=|.|·|÷|^"},
    {alternative, U"或|或者|或是|or"},
    {list, U"和|及|与|以及|and"},
    {comma, U",|但|但是"},
    {stop, U"。|;|!|?|｡"},
    {open, U"(|[|{|〔|【|〈|「|『|〖|“|‘|﹙|\""},
    {close, U")|]|}|〕|】|〉|」|』|〗|”|’|﹚"},
    {ordinal, U"第"},
    {instant,
     U"当场|即办|即时|立即|当即|马上|即刻|实时|立等可取|随到随办|随报随办|即来即办|即到即办|"
     U"即收即办|即审即办|即申即办|即受即办|现场办结|现场办理|现场出证|当日|当天|即日|"
     U"on the spot|on-the-spot|immediately|instant|instantly|at once|same day"},
    {instant_kind, U"即办件"},
    {not_instant,
     U"不能当场|无法当场|不当场|非当场|不能即时|无法即时|不能立即|无法立即|不能即办|"
     U"不能现场办结|不能现场办理"},
    {exclude,
     U"不含|不包含|不包括|未包含|未包括|未含|不计|不算|不计算|扣除|剔除|"
     U"excluding|exclusive of|not including|not counting|except|except for"},
    {excluded,
     U"除外|另计|另算|另行计算|不计入|不记入|不计算在|不计算入|不计算于|不计在|不算在|不算入|"
     U"不列入|不纳入|不含在|不包含在|不包括在|不包含于|不计时|不计时限|不计期限|不计时间|"
     U"不计算时限|不计算时间|not counted|not included|excluded|does not count"},
    {except, U"除"},
    {outside, U"外|之外|以外"},
    {part, U"其中|含|包含|包括|including|of which"},
    {extend, U"延长|顺延|延期|延长期|extended|extension"},
    {validity, U"有效期|有效期限|valid for"},
    {about, U"约|大约|大概|±|about|approximately|approx|around"},
    {vague,
     U"左右|上下|原则上|一般|一般情况|通常|预计|平均|视情况|视情|力争|争取|"
     U"usually|normally|estimated"},
    {least,
     U"不少于|不低于|不得少于|不得低于|至少|最少|最短|起码|大于|多于|超过|超出|逾|≥|>|at least|"
     U"no less than|not less than|more than|over"},
    {above, U"以上|or more"},
    {most,
     U"内|以内|之内|以下|不超过|不得超过|不多于|不大于|不高于|最长|最多|至多|最迟|不晚于|不迟于|"
     U"限时|≤|<|within|up to|at most|no more than|not more than|in|maximum|max"},
    {before, U"前|之前|以前|提前|提早|届满前|期满前|before|prior to"},
    {condition, U"满|已满|不满|未满"},
    {every, U"每|逢|every|each|per"},
    {batch,
     U"批次|分批|按批|定期|按月|按季|按季度|按年|逐月|逐年|一年一度|集中办理|常年|全年|长期|"
     U"in batches|periodically"},
    {times, U"次|一次|两次|二次"},
    {no_limit,
     U"无明确规定|无规定|没有规定|没有明确规定|未规定|未作规定|未明确|未作明确|未明确规定|无明确|"
     U"无期限|无时限|无限制|无时限要求|无时间限制|不限|不限时|无法定时限|无法定期限|"
     U"无承诺时限|不设时限|no limit|no time limit|not specified|not prescribed"},
    {start_open, U"自|从|自从|由|from|since|after|of|following"},
    {start_close,
     U"起|之日起|日起|之时起|起算|起计|起计算|之日|当日起|当天起|次日起|之次日起|即日起|"
     U"之日起算|之日起计算|开始计算"},
    {after, U"后|之后|以后"},
    {event_got, U"收到|接到|接收|收取|收悉|收讫|receipt|receiving|received"},
    {event_application,
     U"申请|申请书|申请材料|申请资料|申报|申办|材料|资料|文件|请求|申请文件|收件|接件|"
     U"提交|递交|application|applications|materials|documents|submission"},
    {event_acceptance, U"受理|受理决定|acceptance|accepted|accepting"},
    {event_decision, U"决定|批准|核准|准予|决定书|不予受理|decision|approval"},
    {date,
     U"月份|月底|月末|月初|年底|年末|年初|年度|本月|当月|次月|下月|上月|本年|当年|次年|明年|"
     U"今年|上半年|下半年|前半年|后半年|周一|周二|周三|周四|周五|周六|周日|周末|星期一|星期二|"
     U"星期三|星期四|星期五|星期六|星期日|星期天|礼拜一|礼拜五|礼拜天|号"},
    {itself,
     U"本环节|该环节|此环节|本步骤|该时间|此时间|该期间|该时限|本时限|所需时间|本阶段|该阶段"},
    {plain,
     U"时限|期限|时间|办结|办理|办理时间|完成|办完|办毕|承诺|法定|限期|且|的|为|共|"
     U"共计|合计|总计|是|须|应|应当|在|于|期|本事项|以|limit|time|the|a|an|is|are|date"},
    {other,
     U"一次性|一并|一起|一律|一致|一定|一旦|一方|之一|一窗|一网|一站|一门|一体|一经|一级|统一|唯一|"
     U"单一|同一|任一|某一|进一步|万一|日期|日常|日报|日志|日均|日用|天然|天气|年级|年龄|年检|"
     U"年审|年报|年份|年期|年限|年鉴|月度|月报|月刊|月票|周期|周边|周岁|周转|年满|星期几|半数|"
     U"半成品|天数|日数|月数|年数|人数|份数|总数|工作时间|最后|然后|事后|先后|后续|起草|起诉|提起|"
     U"发起|引起|起止|起始|起点|共和国|和解|和平|调和|及时|及格|涉及|普及|以及时|参与|与会|与否|"
     U"目前|当前|此前|事前|期满|届满|含税|含量|删除|解除|消除|免除|"
     U"清除|拆除|排除|交易日|满足|几何"},
};

struct Word {
  std::u32string_view text;
  TokenKind kind = other;
  TimeUnit unit = TimeUnit::working_day;
};

constexpr std::size_t count_words() {
  std::size_t count = 0;
  for (const Row& row : rows) {
    count += static_cast<std::size_t>(std::count(row.words.begin(), row.words.end(), U'|')) + 1;
  }
  return count;
}

// All words, sorted, so that those with one first character stand together.
constexpr std::array<Word, count_words()> sorted_words() {
  std::array<Word, count_words()> words{};
  std::size_t n = 0;
  for (const Row& row : rows) {
    for (std::u32string_view rest = row.words; !rest.empty();) {
      const std::size_t end = std::min(rest.find(U'|'), rest.size());
      words[n++] = {rest.substr(0, end), row.kind, row.unit};
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  std::sort(words.begin(), words.end(),
            [](const Word& a, const Word& b) { return a.text < b.text; });
  return words;
}

constexpr auto lexicon = sorted_words();

constexpr bool means_one_thing(const decltype(lexicon)& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].text.empty() || (i > 0 && words[i].text == words[i - 1].text)) return false;
  }
  return true;
}
static_assert(means_one_thing(lexicon), "a word stands in the table twice");

/// One character of the text as the lexicon spells it.
struct Letter {
  char32_t value;
  std::uint32_t begin;  // byte of the text
};

constexpr bool is_latin(char32_t c) { return c >= U'a' && c <= U'z'; }
constexpr bool is_arabic_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// Full-width forms become ASCII, capitals small, every kind of blank one blank; 0 is left out.
char32_t folded(char32_t c) {
  if (c > 0x3000 && c < 0xA000) return c;  // Chinese
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c >= U'A' && c <= U'Z') return c - U'A' + U'a';
  if (c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) ||
      c == 0x2028 || c == 0x2029 || c == 0x202F) {
    return U' ';
  }
  const CharacterKind kind = kind_of(c);
  if (kind != CharacterKind::ordinary) return 0;
  return c;
}

/// The letters of a text; empty `letters` and valid == false if it is not UTF-8.
struct Spelling {
  std::vector<Letter> letters;
  bool valid = true;
};

Spelling spell(std::string_view text) {
  Spelling spelling;
  spelling.letters.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    if (point.length == 0) return {{}, false};
    const char32_t c = folded(point.value);
    const bool repeated =
        c == U' ' && !spelling.letters.empty() && spelling.letters.back().value == U' ';
    if (c != 0 && !repeated) spelling.letters.push_back({c, static_cast<std::uint32_t>(i)});
    i += point.length;
  }
  return spelling;
}

// Blanks separate only Latin words and numbers; Chinese is written without them.
void drop_idle_blanks(std::vector<Letter>& letters) {
  const auto separable = [](char32_t c) { return is_latin(c) || is_numeral(c); };
  std::size_t kept = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const bool idle = letters[i].value == U' ' &&
                      (kept == 0 || i + 1 == letters.size() ||
                       !separable(letters[kept - 1].value) || !separable(letters[i + 1].value));
    if (!idle) letters[kept++] = letters[i];
  }
  letters.resize(kept);
}

/// Cuts letters into tokens, one word after another.
class Cutter {
 public:
  Cutter(const std::vector<Letter>& letters, std::uint32_t size) : letters_(letters), size_(size) {}

  Tokens cut() {
    tokens_.list.reserve(letters_.size() + 1);
    while (at_ < letters_.size()) {
      if (value(at_) == U' ') {
        blank_ = true;
        ++at_;
      } else if (const std::size_t n = tag_or_title(); n > 0) {
        push({}, n);
      } else if (const Word* word = longest_word(); word != nullptr) {
        push({.kind = word->kind,
              .latin = is_latin(word->text[0]),
              .value = static_cast<std::int64_t>(word->unit)},
             word->text.size());
      } else if (is_numeral(value(at_))) {
        push_number();
      } else {
        std::size_t length = 1;
        while (is_latin(value(at_)) && is_latin(value(at_ + length))) ++length;
        push({.latin = is_latin(value(at_))}, length);
      }
    }
    tokens_.list.push_back({.kind = stop, .begin = size_, .end = size_});
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char32_t value(std::size_t i) const {
    return i < letters_.size() ? letters_[i].value : U'\0';
  }
  [[nodiscard]] std::uint32_t offset(std::size_t i) const {
    return i < letters_.size() ? letters_[i].begin : size_;
  }
  void push(Token token, std::size_t length) {
    token.blank_before = blank_;
    token.begin = offset(at_);
    token.end = offset(at_ + length);
    tokens_.list.push_back(token);
    at_ += length;
    blank_ = false;
  }

  // The length of 《a title》, whose numbers are a name, or of <markup>; 0 if none stands here.
  [[nodiscard]] std::size_t tag_or_title() const {
    const bool title = value(at_) == U'《';
    const bool tag = value(at_) == U'<' && (is_latin(value(at_ + 1)) || value(at_ + 1) == U'/');
    if (!title && !tag) return 0;
    constexpr std::size_t longest = 120;
    for (std::size_t n = 1; n < longest && at_ + n < letters_.size(); ++n) {
      if (value(at_ + n) == (title ? U'》' : U'>')) return n + 1;
    }
    return 0;
  }

  [[nodiscard]] const Word* longest_word() const {
    const auto* candidate =
        std::lower_bound(lexicon.begin(), lexicon.end(), value(at_),
                         [](const Word& w, char32_t c) { return w.text[0] < c; });
    const Word* found = nullptr;
    for (; candidate != lexicon.end() && candidate->text[0] == value(at_); ++candidate) {
      if (found != nullptr && candidate->text.size() <= found->text.size()) continue;
      if (stands_here(candidate->text)) found = candidate;
    }
    return found;
  }
  [[nodiscard]] bool stands_here(std::u32string_view word) const {
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (value(at_ + i) != word[i]) return false;
    }
    return !is_latin(word.back()) || !is_latin(value(at_ + word.size()));
  }

  // A decimal point belongs to a number only between digits of its own kind.
  [[nodiscard]] bool continues_number(std::size_t i) const {
    if (is_numeral(value(i))) return true;
    if (value(i) == U'.') return is_arabic_digit(value(i - 1)) && is_arabic_digit(value(i + 1));
    return value(i) == U'点' && !is_arabic_digit(value(i - 1)) && is_numeral(value(i - 1)) &&
           !is_arabic_digit(value(i + 1)) && is_numeral(value(i + 1));
  }
  void push_number() {
    std::u32string run;
    std::size_t n = 0;
    for (; n == 0 || continues_number(at_ + n); ++n) {
      const char32_t c = value(at_ + n);
      tokens_.digits = tokens_.digits || is_arabic_digit(c);
      if (run.size() < 64) run += c;
    }
    tokens_.numbers = true;
    const Numeral numeral = read_numeral(run);
    push({.kind = number,
          .latin = is_arabic_digit(run[0]),
          .fault = static_cast<std::uint8_t>(numeral.fault),
          .value = numeral.milli},
         n);
  }

  const std::vector<Letter>& letters_;
  std::uint32_t size_;
  std::size_t at_ = 0;
  bool blank_ = false;
  Tokens tokens_;
};

// Whole texts that say "there is none".
constexpr std::u32string_view placeholders =
    U"|无|暂无|暂无信息|暂无数据|无数据|没有|空|不涉及|不适用|未填写|null|none|nil|n/a|na|";

}  // namespace

Tokens tokenize(std::string_view text) {
  Spelling spelling = spell(text);
  if (!spelling.valid) {
    Tokens tokens;
    tokens.list.push_back({.kind = stop});
    tokens.valid = false;
    return tokens;
  }
  drop_idle_blanks(spelling.letters);
  return Cutter(spelling.letters, static_cast<std::uint32_t>(text.size())).cut();
}

bool is_placeholder(std::string_view text) {
  constexpr std::size_t longest = 64;  // bytes
  if (text.size() > longest) return false;
  std::u32string word;
  bool only_strokes = true;
  for (const Letter& letter : spell(text).letters) {
    if (letter.value == U' ' || letter.value == U'。') continue;
    word += letter.value;
    only_strokes =
        only_strokes && U"/\\-—–―－_*…~"sv.find(letter.value) != std::u32string_view::npos;
  }
  if (word.empty()) return false;
  return only_strokes || placeholders.find(U'|' + word + U'|') != std::u32string_view::npos;
}

}  // namespace flowproof
