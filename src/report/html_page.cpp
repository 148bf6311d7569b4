#include "report/html_page.hpp"

#include <array>
#include <charconv>

#include "base/severity_color.hpp"
#include "flowproof/report.hpp"

namespace flowproof {

namespace {

constexpr std::string_view style = R"(
:root{--pass:#15803d;--line:#d4d4d8;--soft:#f4f4f5;--quiet:#52525b}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#18181b;font:15px/1.65 "Source Han Sans SC","Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif}
main{max-width:1080px;margin:0 auto;padding:24px}
h1{font-size:24px;margin:0 0 16px}h2{font-size:19px;margin:0 0 6px}h3{font-size:16px;margin:20px 0 8px}
a{color:inherit}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{border:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top}
th{background:var(--soft);font-weight:600;white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.figures{display:flex;flex-wrap:wrap;gap:8px;margin:0 0 16px;padding:0;list-style:none}
.figures li{min-width:92px;padding:6px 12px;border:1px solid var(--line);border-radius:6px}
.figures b{display:block;font-size:22px;line-height:1.3;font-variant-numeric:tabular-nums}
.figures span,.quiet{color:var(--quiet);font-size:13px}
.error{color:var(--error)}.warning{color:var(--warning)}.info{color:var(--info)}.pass{color:var(--pass)}.fail,.unreadable{color:var(--error)}
.file{border-top:2px solid #18181b;margin-top:32px;padding-top:16px}
.facts{margin:0 0 12px;color:var(--quiet);font-size:14px;overflow-wrap:anywhere}.facts span{margin-right:1.2em}
figure{margin:0 0 16px;text-align:center}
figure svg{max-width:100%;height:auto}
.findings{list-style:none;margin:0;padding:0}
.findings>li{position:relative;padding:8px 0 8px 44px;border-top:1px solid var(--line);overflow-wrap:anywhere}
.findings>li:target{background:#fefce8}
.no{position:absolute;left:0;top:10px;min-width:30px;padding:0 6px;border-radius:11px;background:currentColor;text-align:center;line-height:22px;font-size:13px;font-weight:700}
.no i{color:#fff;font-style:normal}
.findings p,.findings ul{margin:0}.findings ul{padding-left:1.2em}
.findings p{color:#18181b}.findings p.quiet{color:var(--quiet)}.what{font-weight:600}
.label{color:var(--quiet)}
.bar{display:block;height:12px;margin-top:6px}
@page{size:A4;margin:14mm}
@media print{body{font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}main{max-width:none;padding:0}
table{font-size:9.5pt}.file{break-before:page;border-top:0;margin-top:0;padding-top:0}
figure svg{max-height:215mm}figure,.findings>li,tr,.figures,.chart{break-inside:avoid}h2,h3{break-after:avoid}thead{display:table-header-group}a{text-decoration:none}}
)";

/// ":root{--error:#b91c1c;…}"
std::string severity_style() {
  std::string css = ":root{";
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    std::array<char, 6> digits{};
    std::to_chars(digits.data(), digits.data() + digits.size(), severity_color(severity), 16);
    (css += "--").append(name_of(severity)).append(":#").append(digits.data(), digits.size()) +=
        ';';
  }
  return css + '}';
}

}  // namespace

std::string page_begin(std::string_view title, Language language) {
  Markup html;
  html.made("<!DOCTYPE html>\n");
  html.open("html", {{"lang", language == Language::zh ? "zh-CN" : "en"}}).open("head");
  html.empty("meta", {{"charset", "utf-8"}});
  html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.empty("meta", {{"name", "generator"}, {"content", "flowproof"}});
  html.element("title", title)
      .open("style")
      .made(severity_style())
      .made(style)
      .close()
      .close()
      .line_end();
  html.open("body").open("main").element("h1", title).line_end();
  return html.take();
}

std::string page_end() { return "</main></body></html>\n"; }

void put_figure(Markup& html, std::string_view value, std::string_view label,
                std::string_view css_class) {
  html.open("li").element("b", value, {{"class", css_class}}).element("span", label).close();
}

}  // namespace flowproof
