// Three threads at once: the audio thread renders while the control thread edits and the disk thread pages. Run under
// race and memory checks; every sample that is heard must come from a sound page.
#include <atomic>
#include <thread>

#include "../engine/shared_value.h"
#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

/// Sounds hold this and pages that were given away must never be heard.
constexpr float CANARY = 0.5f;
constexpr uint32_t FILES = 6;
constexpr int64_t FILE_FRAMES = 5 * PAGE_FRAMES;

struct Rig {
  TestEngine engine{48000, false, 24};
  std::atomic<bool> running{true};
  std::atomic<uint64_t> wrong{0};
  std::atomic<uint64_t> quanta{0};
  std::atomic<uint64_t> heard{0};
};

/// Every clip plays all of its file at this: where a declick lets the old set of clips and the new one sound at once,
/// both of them whole stay below `MOST`.
constexpr float GAIN = 0.6f;
constexpr float MOST = 8 * CANARY;
static_assert(2 * FILES * GAIN * CANARY < MOST);

/// Constant sound, so that every sample lies between silence and what all clips come to.
void render_all(Rig& rig) {
  while (rig.running.load()) {
    const float* output;
    {
      const AllocationGuard guard;
      output = rig.engine.engine().renderer.process();
    }
    for (uint32_t frame = 0; frame < 2 * QUANTUM_FRAMES; frame++) {
      if (!(output[frame] >= 0 && output[frame] <= MOST)) rig.wrong++;
      if (output[frame] > 0) rig.heard++;
    }
    rig.quanta++;
  }
}

void page_all(Rig& rig) {
  const std::vector<float> page(PAGE_FRAMES * 2, CANARY);
  PageRequest requests[32];
  while (rig.running.load()) {
    const uint32_t count = rig.engine.pager().plan(requests, 32);
    for (uint32_t index = 0; index < count; index++) {
      rig.engine.pager().fill(requests[index].file, requests[index].page, reinterpret_cast<const uint8_t*>(page.data()),
                              SampleFormat::F32, PAGE_FRAMES);
    }
  }
}

void edit(Rig& rig, std::mt19937& random, bool (&loaded)[FILES], bool (&present)[FILES]) {
  Control& control = rig.engine.control();
  const uint32_t file = random() % FILES;
  switch (random() % 8) {
    case 0:
      if (present[file]) control.remove_clip(file);
      present[file] = false;
      control.commit(0, 0);
      if (loaded[file]) control.unload_file(file);
      loaded[file] = false;
      break;
    case 1:
    case 2:
      if (!loaded[file]) loaded[file] = control.load_file(file, 2, 48000, FILE_FRAMES) == EngineStatus::OK;
      if (!present[file]) {
        ClipSpec spec{};
        spec.clip = spec.file = file;
        spec.startSeconds = (random() % 100) / 100.0;
        spec.sourceFrames = double(FILE_FRAMES);
        spec.gain = GAIN;
        present[file] = control.add_clip(spec) == EngineStatus::OK;
      }
      control.commit(0, double(random() % 2 ? 0 : peek(rig.engine.counters().quanta) * 128 + 300));
      break;
    case 3:
      control.play(0, random() % FILE_FRAMES, 0);
      break;
    case 4:
      control.seek(0, random() % FILE_FRAMES, 0);
      break;
    case 5:
      control.set_loop(0, 1000, 1000 + random() % 60000, 0);
      break;
    case 6:
      if (present[file]) control.set_clip_mix(file, random() % 2 ? GAIN : 0, 0, false);
      break;
    default:
      if (random() % 16 == 0) control.grow_pages(2);
      if (random() % 16 == 0) control.panic();
      if (random() % 4 == 0) control.start_tap(0, 512);
      break;
  }
  control.is_primed(0);
  control.collect();
}

}  // namespace

TEST_CASE("edits, paging and rendering at once: nothing freed is heard and everything retired comes back") {
  Rig rig;
  std::thread audio(render_all, std::ref(rig));
  std::thread disk(page_all, std::ref(rig));
  std::mt19937 random(7);
  bool loaded[FILES]{}, present[FILES]{};
  for (int step = 0; step < 4000; step++) {
    edit(rig, random, loaded, present);
    const uint64_t quantum = rig.quanta.load();
    while (step % 4 == 0 && rig.quanta.load() == quantum) std::this_thread::yield();
  }
  rig.running = false;
  audio.join();
  disk.join();
  CHECK(rig.wrong == 0);
  CHECK(rig.quanta > 1000);
  CHECK(rig.heard > 1000);
  rig.engine.control().stop_tap();
  Stereo output;
  for (int quantum = 0; quantum < 16; quantum++) rig.engine.quantum(output);
  CHECK(rig.engine.counters().retired == 0);
}

TEST_CASE("clicks are replaced while they are played: none of a freed track is heard, every track comes back") {
  TestEngine engine(48000, false, 8);
  Control& control = engine.control();
  engine.engine().renderer.clicks.set_gain(1);
  std::atomic<bool> running{true};
  std::atomic<uint64_t> quanta{0}, wrong{0}, heard{0};
  std::thread audio([&] {
    for (; running.load(); quanta++) {
      const float* output = engine.engine().renderer.process();
      for (uint32_t frame = 0; frame < 2 * QUANTUM_FRAMES; frame++) {
        if (!(std::fabs(output[frame]) <= 32)) wrong++;
        if (output[frame] != 0) heard++;
      }
    }
  });
  control.play(0, 0, 0);
  control.set_loop(0, 0, 48000, 0);
  std::mt19937 random(11);
  for (int step = 0; step < 3000; step++) {
    std::vector<ClickSpec> clicks(random() % 300);
    for (size_t index = 0; index < clicks.size(); index++)
      clicks[index] = {double(index * 160), uint32_t(random() % 2)};
    const double atFrame = random() % 2 ? 0.0 : double(peek(engine.counters().quanta) * QUANTUM_FRAMES + 300);
    REQUIRE(control.set_clicks(0, clicks.data(), uint32_t(clicks.size()), atFrame) == EngineStatus::OK);
    if (random() % 8 == 0) control.seek(0, random() % 48000, 0);
    control.collect();
    const uint64_t quantum = quanta.load();
    while (step % 4 == 0 && quanta.load() == quantum) std::this_thread::yield();
  }
  running = false;
  audio.join();
  CHECK(wrong == 0);
  CHECK(heard > 1000);
  Stereo output;
  for (int quantum = 0; quantum < 16; quantum++) engine.quantum(output);
  CHECK(engine.counters().retired == 0);
}

TEST_CASE("the ring hands everything over, once and in order, between two threads") {
  static SpscRing<uint64_t, 64> ring;
  constexpr uint64_t count = 200000;
  uint64_t received = 0, disorder = 0;
  std::thread consumer([&] {
    for (uint64_t value; received < count;) {
      if (!ring.pop(value)) {
        std::this_thread::yield();
        continue;
      }
      disorder += value != received * 0x9e3779b97f4a7c15ull;
      received++;
    }
  });
  for (uint64_t sent = 0; sent < count;) {
    if (ring.push(sent * 0x9e3779b97f4a7c15ull)) {
      sent++;
    } else {
      std::this_thread::yield();
    }
  }
  consumer.join();
  CHECK(received == count);
  CHECK(disorder == 0);
}

TEST_CASE("firings reach the control thread in order while triggers are edited and fire") {
  TestEngine engine(48000, false, 8);
  const auto triggers_of = [](uint32_t generation) {
    std::vector<TriggerSpec> triggers;
    for (uint32_t slot = 0; slot < 4; slot++) {
      TriggerSpec spec{};
      spec.position = 200.0 * (slot + 1);
      spec.slot = slot;
      spec.generation = generation;
      spec.action = uint32_t(slot == 3 ? TriggerAction::SEEK : TriggerAction::NOTIFY);
      spec.places = 1 + generation % 3;
      triggers.push_back(spec);
    }
    return triggers;
  };
  const std::vector<double> places = {0, 100, 50};
  engine.set_triggers(0, triggers_of(0), places);
  engine.commit();
  engine.control().play(0, 0, 0);
  std::atomic<bool> running{true};
  std::thread audio([&] {
    while (running.load()) engine.engine().renderer.process();
  });
  std::thread disk([&] {
    PageRequest requests[8];
    while (running.load()) engine.pager().plan(requests, 8);
  });
  uint64_t received = 0, disorder = 0;
  double last = 0;
  for (uint32_t generation = 1; received < 5000; generation++) {
    engine.set_triggers(0, triggers_of(generation), places);
    engine.commit();
    FiredTrigger fired[64];
    for (uint32_t count = 64; count == 64;) {
      count = engine.control().take_fired(fired, 64);
      for (uint32_t index = 0; index < count; index++) {
        disorder += fired[index].atFrame <= last;
        last = fired[index].atFrame;
      }
      received += count;
    }
    engine.control().collect();
  }
  running = false;
  audio.join();
  disk.join();
  CHECK(disorder == 0);
}

TEST_CASE("a reader inside its epoch keeps what it holds alive") {
  struct Canary {
    std::atomic<uint32_t> alive{0x600d};
  };
  ReaderEpochs readers;
  std::atomic<Canary*> published{create<Canary>()};
  std::atomic<bool> running{true};
  std::atomic<uint64_t> dead{0}, reads{0};
  std::thread reader([&] {
    while (running.load()) {
      readers.audio.enter();
      const Canary* canary = published.load();
      for (int look = 0; look < 10; look++) dead += canary->alive.load(std::memory_order_relaxed) != 0x600d;
      reads++;
      readers.audio.leave();
    }
  });
  RetiredList<Canary> retired;
  const auto bury = [](Canary* canary) {
    canary->alive = 0xdead;
    destroy(canary);
  };
  while (reads < 20000) {
    retired.add(published.exchange(create<Canary>()), readers);
    retired.collect(readers, bury);
  }
  running = false;
  reader.join();
  retired.collect(readers, bury);
  CHECK(dead == 0);
  CHECK(retired.size() == 0);
  destroy(published.load());
}
