// Random sessions under the allocation guard: live equals offline, and nothing is ever not finite.
#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

struct Operation {
  uint32_t kind;
  uint32_t timeline;
  uint32_t clip;
  double first;
  double second;
  int64_t ahead;
};

std::vector<Operation> operations_of(uint32_t seed, uint32_t count) {
  std::mt19937 random(seed);
  std::vector<Operation> operations;
  for (uint32_t index = 0; index < count; index++) {
    operations.push_back({uint32_t(random() % 8), uint32_t(random() % 3), uint32_t(random() % 24),
                          double(random() % 60000), double(random() % 60000), int64_t(random() % 700)});
  }
  return operations;
}

ClipOptions options_of(const Operation& operation) {
  return {.start = operation.first / 48000,
          .sourceStart = std::floor(operation.second / 4),
          .frames = std::floor(operation.second / 3),
          .fadeIn = std::floor(operation.first / 50),
          .fadeOut = std::floor(operation.second / 60),
          .gain = float(operation.first / 60000),
          .pan = float(operation.second / 30000 - 1),
          .muted = operation.ahead % 9 == 0,
          .timeline = operation.timeline};
}

void apply(TestEngine& engine, const Operation& operation) {
  Control& control = engine.control();
  const double at = double(engine.counters().masterFrame + operation.ahead);
  const ClipSpec spec = engine.spec(operation.clip, operation.clip % 5, options_of(operation));
  switch (operation.kind) {
    case 0:
    case 1:
      control.play(operation.timeline, operation.first, at);
      break;
    case 2:
      control.stop(operation.timeline, at);
      break;
    case 3:
      control.seek(operation.timeline, operation.second, at);
      break;
    case 4:
      control.set_loop(operation.timeline, operation.first, operation.second, at);
      break;
    case 5:
      if (control.add_clip(spec) != EngineStatus::OK) control.update_clip(spec);
      for (uint32_t timeline = 0; timeline < 3; timeline++) control.commit(timeline, at);
      break;
    case 6:
      control.remove_clip(operation.clip);
      for (uint32_t timeline = 0; timeline < 3; timeline++) control.commit(timeline, at);
      break;
    default:
      control.set_clip_mix(operation.clip, float(operation.first / 60000), 0, operation.ahead % 2 == 0);
      break;
  }
}

/// @param feedEvery quanta between two visits of the pager.
Stereo run(uint32_t seed, bool offline, uint32_t blocks) {
  constexpr uint32_t rates[] = {48000, 44100, 48000, 8000, 96000};
  TestEngine engine(48000, offline, blocks);
  for (uint32_t file = 0; file < 5; file++) engine.load(file, noise(50000, 1 + file % 3, rates[file], file + 1));
  Stereo output;
  for (const Operation& operation : operations_of(seed, 120)) {
    apply(engine, operation);
    const Stereo part = engine.render(512);
    output.left.insert(output.left.end(), part.left.begin(), part.left.end());
    output.right.insert(output.right.end(), part.right.begin(), part.right.end());
  }
  CHECK(engine.counters().starvedFrames == 0);
  return output;
}

}  // namespace

TEST_CASE("random sessions never starve, never allocate and stay finite") {
  for (uint32_t seed = 1; seed <= 12; seed++) {
    CAPTURE(seed);
    const Stereo output = run(seed, seed % 2 == 0, 400);
    bool finite = true;
    for (size_t frame = 0; frame < output.left.size(); frame++) {
      finite = finite && std::isfinite(output.left[frame]) && std::isfinite(output.right[frame]);
    }
    CHECK(finite);
  }
}

TEST_CASE("what is heard does not depend on the size of the page pool") {
  for (uint32_t seed = 20; seed <= 23; seed++) {
    CAPTURE(seed);
    const Stereo large = run(seed, false, 400);
    const Stereo small = run(seed, false, 120);
    CHECK(largest_difference(large.left, small.left) == 0);
    CHECK(largest_difference(large.right, small.right) == 0);
  }
}
