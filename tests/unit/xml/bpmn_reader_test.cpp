#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/random_flow.hpp"
#include "support/readings.hpp"

namespace flowproof {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// <task id="a"/> … with "a>b:label" for each sequence flow.
std::string bpmn(std::string_view nodes, std::initializer_list<std::string_view> flows,
                 std::string_view head = "") {
  std::string text =
      "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
      "xmlns:f='urn:flowproof:flow:1'><process id='P' name='办理'";
  text.append(head).append(">\n").append(nodes).append("\n");
  for (const std::string_view flow : flows) {
    const std::size_t arrow = flow.find('>');
    const std::size_t colon = std::min(flow.find(':'), flow.size());
    text.append("<sequenceFlow id='f' sourceRef='").append(flow.substr(0, arrow));
    text.append("' targetRef='").append(flow.substr(arrow + 1, colon - arrow - 1)).append("'");
    if (colon < flow.size()) text.append(" name='").append(flow.substr(colon + 1)).append("'");
    text.append("/>");
  }
  return text + "</process></definitions>";
}

struct Reading {
  std::optional<Flow> flow;
  std::vector<std::string> lines;
};
Reading read(const std::string& text) {
  Parsed<Flow> parsed = read_bpmn(test::source_of(text), {});
  return {std::move(parsed.value), test::lines_of(parsed.diagnostics, text)};
}

// "step a 收件 | …" and "a-是>b": the shape of a flow in one line each.
std::vector<std::string> shape(const Flow& flow) {
  std::vector<std::string> lines;
  for (const Node& node : flow.nodes) {
    std::string line = std::string(name_of(node.kind)) + " " + node.id();
    for (const Attribute name : {Attribute::text, Attribute::stage}) {
      if (node.has(name)) line.append(" ").append(node.get(name));
    }
    if (node.incomplete) line += " ?";
    lines.push_back(line);
  }
  for (const Edge& edge : flow.edges) {
    std::string line = flow.node(edge.from).id();
    line.append("-").append(edge.when.value).append(edge.timeout ? "!" : "").append(">");
    lines.push_back(line + flow.node(edge.to).id());
  }
  return lines;
}

TEST(ReadBpmn, ReadsTasksEventsGatewaysAndLanes) {
  const Reading reading = read(bpmn(
      "<laneSet><lane id='L' name='窗口'><childLaneSet><lane id='L1' name='一号'>"
      "<flowNodeRef>b</flowNodeRef></lane></childLaneSet></lane></laneSet>"
      "<startEvent id='a' name='申请'/><userTask id='b' name='收件' f:limit='当场' f:by='窗口人员'>"
      "<documentation>说明</documentation></userTask>"
      "<exclusiveGateway id='c' name='齐全？'/><endEvent id='d' name='办结'/>"
      "<textAnnotation id='t'><text>两人</text></textAnnotation>"
      "<association sourceRef='b' targetRef='t'/>",
      {"a>b", "b>c", "c>d:是", "c>b:否"}, " f:type='行政许可' f:promised='5个工作日'"));
  ASSERT_THAT(reading.lines, IsEmpty());
  const Flow& flow = *reading.flow;
  EXPECT_THAT(shape(flow), ElementsAre("start a 申请", "step b 收件", "decision c 齐全？",
                                       "end d 办结", "a->b", "b->c", "c-是>d", "c-否>b"));
  EXPECT_EQ(flow.ends, Ends::swallowing);
  EXPECT_EQ(flow.title.value, "办理");
  EXPECT_EQ(flow.type.value, "行政许可");
  EXPECT_TRUE(flow.promised_limit.has_amount());
  ASSERT_EQ(flow.lanes.size(), 1U);
  EXPECT_EQ(flow.lanes[0].name.value, "一号");
  EXPECT_EQ(at(flow.nodes[1].lane), 0U);
  EXPECT_EQ(flow.nodes[1].get(Attribute::by), "窗口人员");
  EXPECT_EQ(flow.nodes[1].get(Attribute::remark), "说明");
  EXPECT_EQ(flow.nodes[1].limit.form, LimitForm::instant);
  ASSERT_EQ(flow.notes.size(), 1U);
  EXPECT_EQ(at(*flow.notes[0].target), 1U);
}

TEST(ReadBpmn, DissolvesMergesThatSayNothing) {
  const Reading reading = read(
      bpmn("<startEvent id='a'/><exclusiveGateway id='x' name='?'/><task id='b'/><task id='c'/>"
           "<exclusiveGateway id='m'/><exclusiveGateway id='n'/><task id='d'/><endEvent id='e'/>",
           {"a>x", "x>b:1", "x>c:2", "b>m", "c>m", "m>n", "n>d", "d>e"}));
  EXPECT_THAT(shape(*reading.flow),
              ElementsAre("start a", "decision x ?", "step b", "step c", "step d", "end e", "a->x",
                          "x-1>b", "x-2>c", "b->d", "c->d", "d->e"));
}

TEST(ReadBpmn, KeepsMergesThatCount) {
  // Before an end two tokens on one line are a defect; without the merge they would go unseen.
  const Reading reading =
      read(bpmn("<startEvent id='a'/><parallelGateway id='x'/><task id='b'/><task id='c'/>"
                "<exclusiveGateway id='m'/><endEvent id='e'/><exclusiveGateway id='l'/>",
                {"a>x", "x>b", "x>c", "b>m", "c>m", "m>e", "l>l"}));
  EXPECT_THAT(shape(*reading.flow),
              ElementsAre("start a", "parallel x", "step b", "step c", "step m", "end e", "step l",
                          "a->x", "x->b", "x->c", "b->m", "c->m", "m->e", "l->l"));
}

TEST(ReadBpmn, SplitsMixedParallelGateways) {
  const Reading reading =
      read(bpmn("<startEvent id='a'/><parallelGateway id='x'/><parallelGateway id='y'/>"
                "<parallelGateway id='z'/><endEvent id='e'/>",
                {"a>x", "x>y", "x>y", "y>z", "y>z", "z>e"}));
  EXPECT_THAT(
      shape(*reading.flow),
      ElementsAre("start a", "parallel x", "join y", "parallel y#split", "join z", "end e", "a->x",
                  "x->y", "x->y", "y->y#split", "y#split->z", "y#split->z", "z->e"));
}

TEST(ReadBpmn, OpensSubProcessesWithOneWayThrough) {
  const Reading reading = read(
      bpmn("<startEvent id='a'/><subProcess id='s' name='审查'><startEvent id='i'/><task id='b'/>"
           "<exclusiveGateway id='x' name='?'/><endEvent id='j'/><endEvent id='k'/>"
           "<sequenceFlow sourceRef='i' targetRef='b'/><sequenceFlow sourceRef='b' targetRef='x'/>"
           "<sequenceFlow sourceRef='x' targetRef='j' name='1'/>"
           "<sequenceFlow sourceRef='x' targetRef='k' name='2'/></subProcess><task id='c'/>"
           "<endEvent id='e'/>",
           {"a>s", "s>c", "c>e"}));
  EXPECT_THAT(reading.lines, IsEmpty());
  EXPECT_THAT(shape(*reading.flow),
              ElementsAre("start a", "step b 审查", "decision x ? 审查", "step c", "end e", "a->b",
                          "b->x", "x-1>c", "x-2>c", "c->e"));
}

TEST(ReadBpmn, TellsWhichSubProcessesStayClosed) {
  const Reading reading = read(
      bpmn("<startEvent id='a'/><subProcess id='s' name='并联'><startEvent id='i'/>"
           "<parallelGateway id='x'/><endEvent id='j'/><endEvent id='k'/>"
           "<sequenceFlow sourceRef='i' targetRef='x'/><sequenceFlow sourceRef='x' targetRef='j'/>"
           "<sequenceFlow sourceRef='x' targetRef='k'/></subProcess>\n<endEvent id='e'/>",
           {"a>s", "s>e"}));
  EXPECT_THAT(reading.lines,
              ElementsAre("2:22 unmappable-element warning the sub-process '并联' is read as one "
                          "step: parallel ways inside have several ends"));
  EXPECT_THAT(shape(*reading.flow), ElementsAre("start a", "step s 并联", "end e", "a->s", "s->e"));
}

TEST(ReadBpmn, MakesDecisionsOfEvents) {
  const Reading reading = read(
      bpmn("<startEvent id='a'/><task id='b' name='补正'/><boundaryEvent id='t' attachedToRef='b'>"
           "<timerEventDefinition/></boundaryEvent><eventBasedGateway id='g'/>"
           "<intermediateCatchEvent id='m' name='收到答复'><messageEventDefinition/>"
           "</intermediateCatchEvent><intermediateCatchEvent id='n' name='满30日'>"
           "<timerEventDefinition/></intermediateCatchEvent><endEvent id='e'/><endEvent id='w'/>",
           {"a>b", "b>g", "t>w", "g>m", "g>n", "m>e", "n>w"}));
  EXPECT_THAT(reading.lines, IsEmpty());
  EXPECT_THAT(shape(*reading.flow),
              ElementsAre("start a", "step b 补正", "decision b#outcome 补正", "decision g",
                          "step m 收到答复", "step n 满30日", "end e", "end w", "a->b",
                          "b->b#outcome", "b#outcome-正常>g", "b#outcome-超时!>w", "g-收到答复>m",
                          "g-满30日!>n", "m->e", "n->w"));
}

TEST(ReadBpmn, RewritesInclusiveBlocks) {
  const Reading reading = read(
      bpmn("<startEvent id='a'/><inclusiveGateway id='x' name='涉及'/><task id='b'/><task id='c'/>"
           "<inclusiveGateway id='y'/><endEvent id='e'/>",
           {"a>x", "x>b:环保", "x>c:消防", "b>y", "c>y", "y>e"}));
  EXPECT_THAT(reading.lines, IsEmpty());
  EXPECT_THAT(shape(*reading.flow),
              ElementsAre("start a", "parallel x 涉及", "decision x#if1 环保",
                          "decision x#if2 消防", "step b", "step c", "join y", "step y#done1",
                          "step y#done2", "end e", "a->x", "x->x#if1", "x->x#if2", "x#if1-是>b",
                          "x#if1-否>y#done1", "x#if2-是>c", "x#if2-否>y#done2", "b->y#done1",
                          "c->y#done2", "y->e", "y#done1->y", "y#done2->y"));
}

TEST(ReadBpmn, RefusesInclusiveGatewaysWithoutBlock) {
  const Reading reading =
      read(bpmn("<startEvent id='a'/><exclusiveGateway id='x'/><task id='b'/><task id='c'/>\n"
                "<inclusiveGateway id='y'/><endEvent id='e'/>",
                {"a>x", "x>b:1", "x>c:2", "b>y", "c>y", "y>e"}));
  EXPECT_THAT(reading.lines,
              ElementsAre("3:2 unmappable-element error the inclusive gateway 'y' is not part of a "
                          "block, so it cannot be told which branches it waits for"));
}

TEST(ReadBpmn, SaysWhatItLeavesOut) {
  const Reading reading = read(bpmn(
      "<startEvent id='a'/>\n<dataObject id='d' name='档案'/>\n<complexGateway id='x'/>\n"
      "<intermediateThrowEvent id='l'><linkEventDefinition name='A'/></intermediateThrowEvent>\n"
      "<task id='b'/><boundaryEvent id='t' attachedToRef='b' cancelActivity='false'/>\n"
      "<subProcess id='s' triggeredByEvent='true'><task id='q'/></subProcess>\n"
      "<endEvent id='e'><terminateEventDefinition/></endEvent><task id='b'/><task/>",
      {"a>x", "x>l", "x>zz", "b>e"}));
  EXPECT_THAT(
      reading.lines,
      ElementsAre(
          "3:2 unmappable-element info the BPMN element '档案' has no counterpart in a flow "
          "and was left out",
          "8:66 duplicate-id error the id 'b' is taken already",
          "8:71 missing-attribute error 'task' lacks the attribute 'id'",
          "9:147 dangling-reference error there is no node with the id 'zz'",
          "4:2 unmappable-element error the complex gateway 'x' does not say what it means; "
          "read as a choice",
          "5:2 unmappable-element error no link event takes up 'l'",
          "7:2 unmappable-element warning the event sub-process 's' may start at any time "
          "and was left out",
          "6:16 unmappable-element error the boundary event 't' starts another way without "
          "stopping its activity; left out"));
  ASSERT_TRUE(reading.flow);
  EXPECT_TRUE(reading.flow->nodes[1].incomplete);
}

TEST(ReadBpmn, CallsProcessesOfTheFileOfAnImportAndOfFilesBeside) {
  const std::string called =
      "<process id='Part' name='核查'><startEvent id='i'/><endEvent id='j'/>"
      "<sequenceFlow sourceRef='i' targetRef='j'/></process>";
  const std::string globals = "<globalUserTask id='G' name='盖章'/>";
  std::string text = bpmn(
      "<startEvent id='a'/><callActivity id='b' calledElement='x:Part'/>"
      "<callActivity id='c' calledElement='Other'/><callActivity id='d' calledElement='G'/>"
      "<callActivity id='f'/><endEvent id='e'/>",
      {"a>b", "b>c", "c>d", "d>f", "f>e"});
  text.insert(text.find("<process"), called + globals);
  const auto href = [](const Reading& reading, std::size_t node) {
    return reading.flow->nodes[node].get(Attribute::href);
  };
  Reading reading = read(text);  // the one nothing calls is read
  EXPECT_THAT(reading.lines, IsEmpty());
  EXPECT_THAT(shape(*reading.flow),
              ElementsAre("start a", "subflow b", "subflow c", "step d", "step f", "end e", "a->b",
                          "b->c", "c->d", "d->f", "f->e"));
  EXPECT_EQ(href(reading, 1), "#Part");
  EXPECT_EQ(href(reading, 2), "Other.bpmn");
  text.insert(text.find("<process"), "<import location='parts.bpmn'/><import location='a.xsd'/>");
  reading = read(text);
  EXPECT_EQ(href(reading, 2), "parts.bpmn#Other");
  const Parsed<Flow> part = read_process(test::source_of(text), {}, "Part");
  EXPECT_THAT(shape(*part.value), ElementsAre("start i", "end j", "i->j"));
  EXPECT_FALSE(read_process(test::source_of(text), {}, "Nobody").value);
}

TEST(ReadBpmn, SaysWhichProcessIsLeftOut) {
  std::string text = bpmn("<startEvent id='a'/><endEvent id='e'/>", {"a>e"});
  text.insert(text.find("</definitions>"),
              "\n<process id='Q' name='归档'><task id='t'/></process>");
  EXPECT_THAT(read(text).lines,
              ElementsAre("4:2 unmappable-element error the file has several processes; '归档' was "
                          "left out, '办理' is read"));
}

TEST(ReadBpmn, JoinsLinks) {
  const Reading reading = read(
      bpmn("<startEvent id='a'/><intermediateThrowEvent id='l'><linkEventDefinition name='A'/>"
           "</intermediateThrowEvent><intermediateCatchEvent id='k'><linkEventDefinition name='A'/>"
           "</intermediateCatchEvent><endEvent id='e'/>",
           {"a>l", "k>e"}));
  EXPECT_THAT(reading.lines, IsEmpty());
  EXPECT_THAT(shape(*reading.flow),
              ElementsAre("start a", "step l", "step k", "end e", "a->l", "l->k", "k->e"));
}

TEST(ReadBpmn, RefusesOtherRoots) {
  EXPECT_THAT(read("<flow xmlns='urn:flowproof:flow:1'/>").lines,
              ElementsAre("1:2 wrong-root error the root element is 'flow', expected "
                          "'definitions'"));
}

}  // namespace
}  // namespace flowproof
