// Triggers: what they do on which frame, in which order, how often, and what must be resident for it.
#include <algorithm>

#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

constexpr int64_t RATE = 48000;

/// Mono sound whose sample is its frame number, so that every sample tells which one it is.
Sound counting(int64_t frames) {
  Sound sound{1, uint32_t(RATE), {}};
  for (int64_t frame = 0; frame < frames; frame++) sound.samples.push_back(float(frame));
  return sound;
}

TriggerSpec trigger(uint32_t slot, double position, TriggerAction action, uint32_t timeline = 0) {
  return {.position = position,
          .seed = 0,
          .slot = slot,
          .generation = 1,
          .action = uint32_t(action),
          .timeline = timeline,
          .times = 0,
          .firstPlace = slot,
          .places = 1};
}

TriggerSpec jump(uint32_t slot, double position) {
  return trigger(slot, position, TriggerAction::SEEK);
}

/// A sound of 100,000 frames cut into clips of 1,000 at once beside each other, so that jumps between them cut nothing.
struct Rig {
  explicit Rig(bool offline = false) : engine(uint32_t(RATE), offline) {
    engine.load(0, counting(100000));
    for (uint32_t clip = 0; clip < 100; clip++) {
      engine.add(clip, 0, {.start = clip * 1000.0 / RATE, .sourceStart = clip * 1000.0, .frames = 1000});
    }
  }

  std::vector<FiredTrigger> fired() {
    std::vector<FiredTrigger> taken(256);
    taken.resize(engine.control().take_fired(taken.data(), uint32_t(taken.size())));
    return taken;
  }

  std::vector<uint32_t> fired_slots() {
    std::vector<uint32_t> slots;
    for (const FiredTrigger& entry : fired()) slots.push_back(entry.slot);
    return slots;
  }

  void play(double position, uint32_t timeline = 0, double atFrame = 0) {
    REQUIRE(engine.control().play(timeline, position, atFrame) == EngineStatus::OK);
  }

  const EngineCounters& counters() const { return engine.counters(); }
  TimelinePlayer& timeline(uint32_t index = 0) { return engine.engine().renderer.timeline(index); }

  TestEngine engine;
};

/// What is heard of a path through the sound: its stretches, one after the other.
std::vector<float> path(const std::vector<std::pair<int64_t, int64_t>>& stretches) {
  std::vector<float> samples;
  for (const auto& [from, to] : stretches) {
    for (int64_t frame = from; frame < to; frame++) samples.push_back(float(frame));
  }
  return samples;
}

int64_t first_difference(const std::vector<float>& heard, const std::vector<float>& expected) {
  REQUIRE(heard.size() >= expected.size());
  for (size_t frame = 0; frame < expected.size(); frame++) {
    if (heard[frame] != expected[frame]) return int64_t(frame);
  }
  return -1;
}

}  // namespace

TEST_CASE("a jump goes on from its target on the very next frame, with nothing of what it left") {
  Rig rig;
  rig.engine.set_triggers(0, {jump(0, 3000), jump(1, 11000)}, {10000, 50000});
  rig.engine.commit();
  rig.play(0);
  const Stereo output = rig.engine.render(7000);
  CHECK(first_difference(output.left, path({{0, 3000}, {10000, 11000}, {50000, 53000}})) == -1);
  const std::vector<FiredTrigger> fired = rig.fired();
  REQUIRE(fired.size() == 2);
  CHECK(fired[0].slot == 0);
  CHECK(fired[0].atFrame == 3000);
  CHECK(fired[1].atFrame == 4000);
  CHECK(rig.counters().starvedFrames == 0);
}

TEST_CASE("a jump out of a clip and into another fades both over 128 frames") {
  TestEngine engine(uint32_t(RATE), false);
  engine.load(0, Sound{1, uint32_t(RATE), std::vector<float>(20000, 0.25f)});
  engine.add(0, 0);
  engine.set_triggers(0, {jump(0, 3000)}, {10000});
  engine.commit();
  engine.control().play(0, 0, 0);
  const Stereo output = engine.render(8000);
  for (size_t frame = 0; frame < 8000; frame++) REQUIRE(std::fabs(output.left[frame] - 0.25f) < 1e-6f);
  CHECK(engine.shared().states[0].movedAt == 3000);
}

TEST_CASE("who is put on a trigger's place does not fire it, who plays into it does") {
  for (const double start : {3000.0, 2999.0}) {
    CAPTURE(start);
    Rig rig;
    rig.engine.set_triggers(0, {jump(0, 3000)}, {20000});
    rig.engine.commit();
    rig.play(start);
    rig.engine.render(512);
    CHECK(rig.fired().size() == (start == 3000 ? 0 : 1));
    rig.engine.control().seek(0, 3000, 0);
    rig.engine.render(512);
    CHECK(rig.fired().empty());
  }
}

TEST_CASE("chains that touch end: a jump to the place of the next one does not fire that one") {
  Rig rig;
  rig.engine.set_triggers(0, {jump(0, 1000), jump(1, 5000)}, {5000, 1000});
  rig.engine.commit();
  rig.play(0);
  const Stereo output = rig.engine.render(3000);
  CHECK(first_difference(output.left, path({{0, 1000}, {5000, 6500}})) == -1);
  CHECK(rig.fired_slots() == std::vector<uint32_t>{0});
}

TEST_CASE("stop ends on its frame and parks the playhead there; playing on does not fire it again") {
  Rig rig;
  rig.engine.set_triggers(0, {trigger(0, 2000, TriggerAction::STOP)}, {0});
  rig.engine.commit();
  rig.play(0);
  const Stereo output = rig.engine.render(4096);
  CHECK(first_difference(output.left, path({{0, 2000}})) == -1);
  CHECK(*std::max_element(output.left.begin() + 2000, output.left.end()) == 0);
  CHECK_FALSE(rig.timeline().is_playing());
  CHECK(rig.timeline().position() == 2000);
  rig.play(2000);
  rig.engine.render(512);
  CHECK(rig.timeline().position() == 2512);
  CHECK(rig.fired().size() == 1);
}

TEST_CASE("one timeline starts, moves and stops another on the same frame") {
  for (const uint32_t other : {1u, 0u}) {
    const uint32_t own = 1 - other;
    CAPTURE(other);
    TestEngine engine(uint32_t(RATE), false);
    engine.load(0, counting(20000));
    engine.add(0, 0, {.timeline = other});
    engine.set_triggers(own,
                        {trigger(0, 777, TriggerAction::PLAY, other), trigger(1, 3001, TriggerAction::SEEK, other),
                         trigger(2, 5003, TriggerAction::STOP, other)},
                        {0, 0, 0});
    engine.commit(own);
    engine.commit(other);
    engine.control().play(own, 0, 0);
    const Stereo output = engine.render(8192);
    for (size_t frame = 0; frame < 777; frame++) REQUIRE(output.left[frame] == 0);
    for (size_t frame = 777; frame < 3001; frame++) REQUIRE(output.left[frame] == float(frame - 777));
    for (size_t frame = 3001 + 128; frame < 5003; frame++) REQUIRE(output.left[frame] == float(frame - 3001));
    for (size_t frame = 5003 + 128; frame < 8192; frame++) REQUIRE(output.left[frame] == 0);
    CHECK(engine.counters().starvedFrames == 0);
  }
}

TEST_CASE("triggers of one place fire in their order, and the first that moves the playhead wins") {
  Rig rig;
  rig.engine.set_triggers(
      0,
      {trigger(4, 1000, TriggerAction::NOTIFY), jump(0, 1000), trigger(3, 1000, TriggerAction::STOP), jump(1, 1000),
       trigger(2, 1000, TriggerAction::NOTIFY)},
      {7000, 9000, 0, 0, 0});
  rig.engine.commit();
  rig.engine.control().set_loop(0, 0, 1000, 0);
  rig.play(0);
  const Stereo output = rig.engine.render(2000);
  CHECK(first_difference(output.left, path({{0, 1000}, {7000, 8000}})) == -1);
  CHECK(rig.fired_slots() == std::vector<uint32_t>{4, 0, 3, 1, 2});
}

TEST_CASE("a loop that ends on a trigger that leaves the playhead alone wraps on the same frame") {
  Rig rig;
  rig.engine.set_triggers(0, {trigger(1, 400, TriggerAction::NOTIFY), trigger(0, 1000, TriggerAction::NOTIFY)}, {0, 0});
  rig.engine.commit();
  rig.engine.control().set_loop(0, 0, 1000, 0);
  rig.play(0);
  const Stereo output = rig.engine.render(3000);
  CHECK(first_difference(output.left, path({{0, 1000}, {0, 1000}, {0, 1000}})) == -1);
  const std::vector<FiredTrigger> fired = rig.fired();
  REQUIRE(fired.size() >= 6);
  for (size_t index = 0; index < 6; index++) {
    CHECK(fired[index].atFrame == double(index / 2 * 1000 + (index % 2 ? 1000 : 400)));
  }
}

TEST_CASE("a trigger fires as often as it may after each start, also through edits") {
  Rig rig;
  TriggerSpec back = jump(0, 2000);
  back.times = 2;
  rig.engine.set_triggers(0, {back}, {1000});
  rig.engine.commit();
  rig.play(0);
  Stereo output = rig.engine.render(2560);
  rig.engine.add(100, 0, {.start = 1.9, .frames = 100});
  rig.engine.set_triggers(0, {trigger(5, 100, TriggerAction::NOTIFY), back}, {1000, 0, 0, 0, 0, 0});
  rig.engine.commit();
  const Stereo rest = rig.engine.render(4000);
  output.left.insert(output.left.end(), rest.left.begin(), rest.left.end());
  const std::vector<float> expected = path({{0, 2000}, {1000, 2000}, {1000, 4000}});
  CHECK(first_difference(output.left, expected) == -1);
  CHECK(rig.fired().size() == 2);
  rig.play(0);
  rig.engine.render(6000);
  CHECK(rig.fired_slots() == std::vector<uint32_t>{5, 0, 0});
}

TEST_CASE("a slot that another trigger takes over counts anew") {
  Rig rig;
  TriggerSpec once = trigger(0, 1000, TriggerAction::NOTIFY);
  once.times = 1;
  rig.engine.set_triggers(0, {once}, {0});
  rig.engine.commit();
  rig.play(0);
  rig.engine.render(2048);
  once.position = 3000;
  once.generation = 2;
  rig.engine.set_triggers(0, {once}, {0});
  rig.engine.commit();
  rig.engine.render(2048);
  const std::vector<FiredTrigger> fired = rig.fired();
  REQUIRE(fired.size() == 2);
  CHECK(fired[0].generation == 1);
  CHECK(fired[1].generation == 2);
  CHECK(fired[1].atFrame == 3000);
}

TEST_CASE("a choice goes where the seed and the number of the firing say, and begins anew with each start") {
  Rig rig;
  std::vector<TriggerSpec> triggers;
  std::vector<double> places;
  constexpr uint32_t clips = 40;
  for (uint32_t clip = 0; clip < clips; clip++) {
    TriggerSpec choice = jump(clip, (clip + 1) * 1000.0);
    choice.seed = 1000 + clip;
    choice.firstPlace = 0;
    choice.places = clips;
    triggers.push_back(choice);
    places.push_back(clip * 1000.0);
  }
  rig.engine.set_triggers(0, triggers, places);
  rig.engine.commit();
  for (int round = 0; round < 2; round++) {
    rig.play(0);
    const Stereo output = rig.engine.render(200 * 1000);
    uint32_t firings[clips]{};
    std::vector<std::pair<int64_t, int64_t>> stretches;
    for (uint32_t clip = 0, step = 0; step < 200; step++) {
      stretches.push_back({clip * 1000, clip * 1000 + 1000});
      clip = choice_of(1000 + clip, firings[clip]++, clips);
    }
    CHECK(first_difference(output.left, path(stretches)) == -1);
    rig.engine.control().stop(0, 0);
    rig.engine.render(256);
  }
  CHECK(rig.counters().starvedFrames == 0);
}

TEST_CASE("a target that is moved 50 ms before it is played is heard where it is") {
  for (const int64_t early : {2400, 256, 1}) {
    CAPTURE(early);
    Rig rig;
    rig.engine.set_triggers(0, {jump(0, 10000)}, {20000});
    rig.engine.commit();
    rig.play(0);
    const int64_t edited = (10000 - early) / QUANTUM_FRAMES * QUANTUM_FRAMES;
    Stereo output = rig.engine.render(edited);
    // The clip that is played next goes to another place, and the trigger follows it.
    REQUIRE(rig.engine.control().update_clip(rig.engine.spec(
                20, 0, {.start = 200001.0 / RATE, .sourceStart = 20000, .frames = 1000})) == EngineStatus::OK);
    rig.engine.set_triggers(0, {jump(0, 10000)}, {200001});
    rig.engine.commit();
    const Stereo rest = rig.engine.render(5000);
    output.left.insert(output.left.end(), rest.left.begin(), rest.left.end());
    CHECK(first_difference(output.left, path({{0, 10000}, {20000, 21000}})) == -1);
    CHECK(rig.counters().starvedFrames == 0);
  }
}

TEST_CASE("what another timeline asks for wins over what a timeline does by itself, whatever their order") {
  for (const uint32_t other : {0u, 1u}) {
    const uint32_t own = 1 - other;
    CAPTURE(other);
    Rig rig;
    rig.engine.set_triggers(own, {trigger(0, 1000, TriggerAction::STOP, other)}, {0});
    rig.engine.set_triggers(other, {trigger(1, 1000, TriggerAction::SEEK, other)}, {0, 500});
    rig.engine.commit(own);
    rig.engine.commit(other);
    rig.engine.control().set_loop(other, 0, 1000, 0);
    rig.play(0, own);
    rig.play(0, other);
    rig.engine.render(2048);
    CHECK_FALSE(rig.timeline(other).is_playing());
    CHECK(rig.timeline(other).position() == 1000);
    CHECK(rig.timeline(own).position() == 2048);
    CHECK(rig.fired().size() == 2);
  }
}

TEST_CASE("64 timelines start one another on exact frames") {
  TestEngine engine(uint32_t(RATE), false);
  engine.load(0, Sound{1, uint32_t(RATE), std::vector<float>(20000, 0.125f)});
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) {
    // From high slots to low ones and back, so that neither order is the lucky one.
    const auto slot_of = [](uint32_t place) { return place % 2 ? MAX_TIMELINES - 1 - place / 2 : place / 2; };
    const uint32_t timeline = slot_of(index);
    engine.add(timeline, 0, {.timeline = timeline});
    if (index + 1 < MAX_TIMELINES) {
      engine.set_triggers(timeline, {trigger(index, 101, TriggerAction::PLAY, slot_of(index + 1))},
                          std::vector<double>(MAX_TIMELINES, 0));
    }
    engine.commit(timeline);
  }
  engine.control().play(0, 0, 0);
  const Stereo output = engine.render(8192);
  for (size_t frame = 0; frame < 8192; frame++) {
    REQUIRE(output.left[frame] == 0.125f * float(std::min<size_t>(frame / 101 + 1, MAX_TIMELINES)));
  }
  CHECK(engine.counters().starvedFrames == 0);
}

TEST_CASE("a cycle without length is cut short, counted, and leaves the engine running") {
  Rig rig;
  rig.engine.set_triggers(0, {jump(0, 1000)}, {999});
  rig.engine.commit();
  rig.play(0);
  rig.engine.render(2048);
  CHECK(rig.counters().triggersDropped > 0);
  rig.engine.control().stop(0, 0);
  rig.engine.render(512);
  CHECK_FALSE(rig.timeline().is_playing());
}

TEST_CASE("firings that nobody takes note of are counted") {
  Rig rig;
  std::vector<TriggerSpec> triggers;
  for (uint32_t slot = 0; slot < MAX_TRIGGERS; slot++) triggers.push_back(trigger(slot, 500, TriggerAction::NOTIFY));
  for (TriggerSpec& spec : triggers) spec.firstPlace = 0;
  rig.engine.set_triggers(0, triggers, {0});
  rig.engine.commit();
  rig.engine.control().set_loop(0, 0, 1000, 0);
  rig.play(0);
  rig.engine.render(1600);
  std::vector<FiredTrigger> taken(3 * MAX_TRIGGERS);
  const uint32_t told = rig.engine.control().take_fired(taken.data(), 3 * MAX_TRIGGERS);
  CHECK(told + rig.counters().triggersLost == 2 * MAX_TRIGGERS);
  CHECK(rig.counters().triggersLost > 0);
}

TEST_CASE("triggers that make no sense are refused whole") {
  TestEngine engine;
  const auto status_of = [&](std::vector<TriggerSpec> list, std::vector<double> places) {
    return engine.control().set_triggers(0, list.data(), uint32_t(list.size()), places.data(), uint32_t(places.size()));
  };
  CHECK(status_of({jump(0, 100)}, {0}) == EngineStatus::OK);
  CHECK(status_of({jump(0, 100), jump(0, 99)}, {0}) == EngineStatus::BAD_ARGUMENT);
  CHECK(status_of({jump(1, 100)}, {0}) == EngineStatus::BAD_ARGUMENT);
  CHECK(status_of({jump(0, -1)}, {0}) == EngineStatus::BAD_ARGUMENT);
  CHECK(status_of({jump(0, NAN)}, {0}) == EngineStatus::BAD_ARGUMENT);
  CHECK(status_of({jump(0, 1)}, {-1}) == EngineStatus::BAD_ARGUMENT);
  CHECK(status_of({trigger(0, 1, TriggerAction(4))}, {0}) == EngineStatus::BAD_ARGUMENT);
  CHECK(status_of({trigger(0, 1, TriggerAction::PLAY, MAX_TIMELINES)}, {0}) == EngineStatus::BAD_ARGUMENT);
  TriggerSpec far = jump(MAX_TRIGGERS, 1);
  far.firstPlace = 0;
  CHECK(status_of({far}, {0}) == EngineStatus::BAD_ARGUMENT);
  TriggerSpec overflowing = jump(0, 1);
  overflowing.firstPlace = 1;
  overflowing.places = UINT32_MAX;
  CHECK(status_of({overflowing}, {0}) == EngineStatus::BAD_ARGUMENT);
}

TEST_CASE("the pager asks for what jumps, choices and starts of others lead to, before they happen") {
  TestEngine engine(uint32_t(RATE), false, 128);
  constexpr int64_t page = PAGE_FRAMES;
  engine.load(0, Sound{1, uint32_t(RATE), std::vector<float>(size_t(100 * page))});
  engine.load(1, Sound{1, uint32_t(RATE), std::vector<float>(size_t(6 * page))});
  engine.add(0, 0);
  engine.add(1, 1, {.timeline = 1});
  TriggerSpec choice = jump(1, 40.0 * page + 500);
  choice.seed = 5;
  choice.places = 4;
  engine.set_triggers(0, {jump(0, 2000), trigger(5, 20.0 * page + 100, TriggerAction::PLAY, 1), choice},
                      {40.0 * page, 50.0 * page, 60.0 * page, 70.0 * page, 80.0 * page, 4.0 * page});
  engine.commit(0);
  engine.commit(1);
  CHECK(engine.control().play(0, 0, 0) == EngineStatus::OK);
  CHECK_FALSE(engine.control().is_primed(0));
  PageRequest requests[64];
  const uint32_t count = engine.pager().plan(requests, 64);
  const auto asks = [&](uint32_t file, int64_t wanted) {
    return std::any_of(requests, requests + count, [=](const PageRequest& request) {
      return request.file == file && request.page == wanted && request.urgency <= 1;
    });
  };
  CHECK(asks(0, 0));
  CHECK(asks(0, 40));
  CHECK(asks(0, 50 + 10 * choice_of(5, 0, 4)));
  CHECK_FALSE(asks(1, 4));
  REQUIRE(engine.feed());
  CHECK(engine.control().is_primed(0));
  engine.control().seek(0, 20.0 * page, 0);
  const uint32_t again = engine.pager().plan(requests, 64);
  CHECK(std::any_of(requests, requests + again,
                    [](const PageRequest& request) { return request.file == 1 && request.page == 4; }));
}

TEST_CASE("sounds of other rates jump as exactly: what begins where the playhead leaves is never heard") {
  for (const uint32_t rate : {44100u, 96000u}) {
    CAPTURE(rate);
    const auto render = [&](bool neighbour) {
      TestEngine engine(uint32_t(RATE), false);
      engine.load(0, noise(rate, 2, rate, 9));
      // Half a second, then a second clip that touches it, and the place where the jump leads.
      engine.add(0, 0, {.frames = rate / 2.0});
      if (neighbour) engine.add(1, 0, {.start = 0.5, .frames = rate / 4.0});
      engine.add(2, 0, {.start = 2, .frames = rate / 2.0});
      engine.set_triggers(0, {jump(0, RATE / 2.0)}, {2.0 * RATE});
      engine.commit();
      engine.control().play(0, 0, 0);
      return engine.render(RATE);
    };
    const Stereo alone = render(false);
    const Stereo beside = render(true);
    // Before the jump the resampler already hears the neighbour coming, over half its filter.
    int64_t different = 0;
    for (size_t frame = size_t(RATE) / 2; frame < alone.left.size(); frame++) {
      different += alone.left[frame] != beside.left[frame];
    }
    CHECK(different == 0);
    CHECK(largest_step(std::vector<float>(alone.left.begin() + RATE / 2, alone.left.begin() + RATE)) > 0.1f);
  }
}
