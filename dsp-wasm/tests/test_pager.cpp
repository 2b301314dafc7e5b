// Paged audio: what is asked for and in which order, eviction, starvation, growth and files that leave.
#include <algorithm>

#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

constexpr int64_t PAGE = PAGE_FRAMES;

/// Silent sounds make the tests of a long file cheap.
Sound silence(int64_t pages, uint32_t channels = 1) {
  return Sound{channels, 48000, std::vector<float>(size_t(pages * PAGE) * channels)};
}

bool asks_for(const PageRequest* requests, uint32_t count, uint32_t page, uint32_t urgency) {
  return std::any_of(requests, requests + count,
                     [=](const PageRequest& request) { return request.page == page && request.urgency == urgency; });
}

}  // namespace

TEST_CASE("the page that plays comes first, then those ahead of it") {
  TestEngine engine(48000, false, 64);
  engine.load(0, silence(40));
  engine.add(0, 0);
  engine.commit();
  REQUIRE(engine.control().play(0, 10.0 * PAGE + 5000, 0) == EngineStatus::OK);
  Stereo output;
  engine.quantum(output);
  PageRequest requests[64];
  const uint32_t count = engine.pager().plan(requests, 64);
  REQUIRE(count >= 3);
  CHECK(requests[0].page == 10);
  CHECK(requests[0].urgency == 0);
  CHECK(std::is_sorted(requests, requests + count,
                       [](const PageRequest& a, const PageRequest& b) { return a.urgency < b.urgency; }));
  for (uint32_t page = 11; page <= 18; page++) {
    CAPTURE(page);
    CHECK(std::any_of(requests, requests + count, [=](const PageRequest& request) { return request.page == page; }));
  }
  CHECK(engine.counters().starvedQuanta == 1);
  CHECK(engine.counters().starvedFrames == 128);
}

TEST_CASE("a primed position is asked for before it plays, and known to be there") {
  TestEngine engine(48000, false, 64);
  engine.load(0, silence(40, 2));
  engine.add(0, 0);
  engine.commit();
  REQUIRE(engine.control().prime(0, 30.0 * PAGE - 100) == EngineStatus::OK);
  CHECK_FALSE(engine.control().is_primed(0));
  PageRequest requests[64];
  const uint32_t count = engine.pager().plan(requests, 64);
  CHECK(asks_for(requests, count, 29, 0));
  CHECK(asks_for(requests, count, 30, 0));
  REQUIRE(engine.feed());
  CHECK(engine.control().is_primed(0));
  CHECK(engine.control().play(0, 30.0 * PAGE - 100, 0) == EngineStatus::OK);
  Stereo output;
  for (int quantum = 0; quantum < 30; quantum++) engine.quantum(output);
  CHECK(engine.counters().starvedFrames == 0);
}

TEST_CASE("the pager looks across the wrap of a loop") {
  TestEngine engine(48000, false, 16);
  engine.load(0, silence(100));
  engine.add(0, 0);
  engine.commit();
  engine.control().set_loop(0, 20.0 * PAGE, 60.0 * PAGE, 0);
  engine.control().play(0, 60.0 * PAGE - 1000, 0);
  Stereo output;
  engine.quantum(output);
  PageRequest requests[64];
  const uint32_t count = engine.pager().plan(requests, 64);
  CHECK(asks_for(requests, count, 59, 0));
  CHECK(asks_for(requests, count, 20, 1));
  REQUIRE(engine.feed());
  for (int quantum = 0; quantum < 200; quantum++) {
    engine.quantum(output);
    engine.feed();
  }
  CHECK(engine.counters().starvedFrames == 128);
}

TEST_CASE("a three-hour file plays through a small pool without starving") {
  TestEngine engine(48000, false, 16);
  engine.load(0, silence(8, 2));
  // One short sound, declared as long as three hours; its pages repeat.
  REQUIRE(engine.control().load_file(7, 2, 48000, 3.0 * 3600 * 48000) == EngineStatus::OK);
  ClipSpec spec{};
  spec.file = 7;
  spec.sourceFrames = 3.0 * 3600 * 48000;
  spec.gain = 1;
  REQUIRE(engine.control().add_clip(spec) == EngineStatus::OK);
  engine.commit();
  const std::vector<float> page(size_t(PAGE) * 2, 0.5f);
  const auto feed = [&] {
    PageRequest requests[64];
    const uint32_t count = engine.pager().plan(requests, 64);
    for (uint32_t index = 0; index < count; index++) {
      REQUIRE(engine.pager().fill(7, requests[index].page, reinterpret_cast<const uint8_t*>(page.data()),
                                  SampleFormat::F32, uint32_t(PAGE)) == EngineStatus::OK);
    }
  };
  engine.control().play(0, 2.5 * 3600 * 48000, 0);
  feed();
  Stereo output;
  for (int quantum = 0; quantum < 4000; quantum++) {
    engine.quantum(output);
    if (quantum % 20 == 0) feed();
  }
  CHECK(engine.counters().starvedFrames == 0);
  CHECK(engine.counters().pagesEvicted > 40);
  CHECK(engine.counters().pagesResident <= 16);
  CHECK(output.left.back() == 0.5f);
}

TEST_CASE("an evicted page is not written while the audio thread may read it") {
  PagePool pool;
  Epoch audio;
  REQUIRE(pool.grow(1) == 1);
  pool.collect();
  PageBlock* block = pool.acquire(audio);
  REQUIRE(block);
  audio.enter();
  pool.evict(block, audio.now());
  CHECK(pool.acquire(audio) == nullptr);
  audio.leave();
  CHECK(pool.acquire(audio) == block);
}

TEST_CASE("what does not fit is counted once, and the pool grows") {
  TestEngine engine(48000, false, 4);
  for (uint32_t file = 0; file < 8; file++) {
    engine.load(file, silence(4, 2));
    engine.add(file, file);
  }
  engine.commit();
  engine.control().play(0, 0, 0);
  Stereo output;
  engine.quantum(output);
  PageRequest requests[64];
  engine.pager().plan(requests, 64);
  const uint32_t wanted = engine.counters().pagesWanted;
  CHECK(wanted >= 12);
  engine.pager().plan(requests, 64);
  CHECK(engine.counters().pagesWanted == wanted);
  REQUIRE(engine.control().grow_pages(wanted) == EngineStatus::OK);
  CHECK(engine.counters().pagesTotal == 4 + wanted);
  REQUIRE(engine.feed());
  for (int quantum = 0; quantum < 50; quantum++) engine.quantum(output);
  CHECK(engine.counters().starvedQuanta == 1);
}

TEST_CASE("an unloaded file gives its pages back once nothing plays it") {
  TestEngine engine(48000, false, 8);
  engine.load(0, silence(4, 2));
  engine.add(0, 0);
  engine.commit();
  engine.control().play(0, 0, 0);
  Stereo output;
  engine.quantum(output);
  REQUIRE(engine.feed());
  CHECK(engine.counters().pagesResident == 8);
  engine.control().remove_clip(0);
  engine.commit();
  REQUIRE(engine.control().unload_file(0) == EngineStatus::OK);
  CHECK(engine.control().unload_file(0) == EngineStatus::NO_SUCH_THING);
  for (int quantum = 0; quantum < 4; quantum++) engine.quantum(output);
  engine.feed();
  engine.control().collect();
  CHECK(engine.counters().retired == 0);
  CHECK(engine.counters().pagesResident == 0);
  // The same slot and all of its pages serve another file.
  engine.load(0, silence(4, 2));
  engine.add(0, 0);
  engine.commit();
  engine.quantum(output);
  REQUIRE(engine.feed());
  CHECK(engine.counters().pagesResident == 8);
}

TEST_CASE("pages with NaN and infinities are silence there and counted") {
  TestEngine engine;
  Sound sound = noise(1000, 1, 48000, 9);
  sound.samples[10] = NAN;
  sound.samples[20] = INFINITY;
  engine.load(0, sound);
  engine.add(0, 0);
  engine.commit();
  engine.control().play(0, 0, 0);
  const Stereo output = engine.render(1000);
  CHECK(output.left[10] == 0);
  CHECK(output.left[20] == 0);
  CHECK(output.left[21] == sound.samples[21]);
  CHECK(engine.counters().nonFinite == 2);
}

TEST_CASE("fills of what is not there are refused") {
  TestEngine engine;
  engine.load(0, silence(2));
  const uint8_t byte = 0;
  CHECK(engine.pager().fill(1, 0, &byte, SampleFormat::U8, 1) == EngineStatus::NO_SUCH_THING);
  CHECK(engine.pager().fill(0, 2, &byte, SampleFormat::U8, 1) == EngineStatus::BAD_ARGUMENT);
  CHECK(engine.pager().fill(0, 0, &byte, SampleFormat::U8, PAGE_FRAMES + 1) == EngineStatus::BAD_ARGUMENT);
  CHECK(engine.pager().fill(MAX_FILES, 0, &byte, SampleFormat::U8, 1) == EngineStatus::BAD_ARGUMENT);
}
