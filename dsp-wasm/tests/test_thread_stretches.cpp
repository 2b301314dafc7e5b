// Stretched clips and a dragged playhead while clips, files and pages come and go in other threads. Run under race
// checks.
#include <atomic>
#include <thread>

#include "../engine/shared_value.h"
#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

constexpr uint32_t FILES = 4;
constexpr int64_t FILE_FRAMES = 3 * PAGE_FRAMES;

/// Some edit of one of the clips, or of where the playhead is.
void edit(TestEngine& engine, std::mt19937& random, bool (&present)[FILES]) {
  Control& control = engine.control();
  const uint32_t file = random() % FILES;
  ClipSpec spec{};
  spec.clip = spec.file = file;
  spec.startSeconds = (random() % 50) / 100.0;
  spec.sourceFrames = double(FILE_FRAMES);
  spec.gain = 0.1f;
  spec.stretchRatio = (random() % 4) * 0.6;
  spec.semitones = double(random() % 5) - 2;
  switch (random() % 8) {
    case 0:
      if (present[file]) control.remove_clip(file);
      if (present[file]) control.unload_file(file);
      present[file] = false;
      break;
    case 1:
    case 2:
      if (!present[file]) control.load_file(file, 1 + file % 2, file < 2 ? 48000 : 44100, FILE_FRAMES);
      if (present[file]) control.update_clip(spec);
      if (!present[file]) control.add_clip(spec);
      present[file] = true;
      break;
    case 3:
      control.end_scrub();
      control.play(0, random() % FILE_FRAMES, 0);
      break;
    case 4:
      control.set_loop(0, 1000, 1000 + random() % 60000, 0);
      break;
    case 5:
      control.stop(0, 0);
      control.scrub(0, random() % FILE_FRAMES);
      break;
    case 6: {
      const double atFrame = double(peek(engine.shared().counters.masterFrame)) + random() % 512;
      control.commit(0, atFrame);
      control.land(0, random() % FILE_FRAMES, atFrame);
      return;
    }
    default:
      control.seek(0, random() % FILE_FRAMES, 0);
      break;
  }
  control.commit(0, 0);
  control.collect();
}

}  // namespace

TEST_CASE("stretchers come and go between the threads, and all of them come back") {
  TestEngine engine(48000, false, 32);
  std::atomic<bool> running{true};
  std::atomic<uint64_t> quanta{0}, wrong{0}, heard{0};
  std::thread audio([&] {
    for (; running.load(); quanta++) {
      const AllocationGuard guard;
      const float* output = engine.engine().renderer.process();
      for (uint32_t frame = 0; frame < 2 * QUANTUM_FRAMES; frame++) {
        if (!(std::fabs(output[frame]) <= 4)) wrong++;
        if (output[frame] != 0) heard++;
      }
    }
  });
  std::thread disk([&] {
    std::vector<float> page(PAGE_FRAMES * 2);
    for (size_t sample = 0; sample < page.size(); sample++) page[sample] = std::sin(float(sample) / 20);
    PageRequest requests[16];
    while (running.load()) {
      const uint32_t count = engine.pager().plan(requests, 16);
      for (uint32_t index = 0; index < count; index++) {
        engine.pager().fill(requests[index].file, requests[index].page, reinterpret_cast<const uint8_t*>(page.data()),
                            SampleFormat::F32, PAGE_FRAMES);
      }
    }
  });
  std::mt19937 random(7);
  bool present[FILES]{};
  for (int step = 0; step < 400; step++) {
    edit(engine, random, present);
    const uint64_t quantum = quanta.load();
    while (step % 2 == 0 && quanta.load() == quantum) std::this_thread::yield();
  }
  running = false;
  audio.join();
  disk.join();
  CHECK(wrong == 0);
  CHECK(heard > 1000);
  engine.control().panic();
  engine.control().end_scrub();
  for (uint32_t clip = 0; clip < FILES; clip++) engine.control().remove_clip(clip);
  engine.commit();
  Stereo output;
  for (int quantum = 0; quantum < 16; quantum++) engine.quantum(output);
  CHECK(engine.counters().retired == 0);
  for (const StretchShape* shape = engine.shared().stretches.shapes.load(); shape; shape = shape->next)
    CHECK(shape->made == 0);
}
