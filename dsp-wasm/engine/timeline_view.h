// What the threads see of one timeline.
#pragma once
#include <atomic>
#include <cstdint>

namespace atome {

struct ClickTrack;
struct Schedule;

struct LoopView {
  std::atomic<int64_t> start{0};
  /// Not after the start: no loop.
  std::atomic<int64_t> end{0};
};

struct TimelineView {
  // Written by the audio thread.
  std::atomic<Schedule*> playing{nullptr};
  std::atomic<uint32_t> isPlaying{0};
  std::atomic<int64_t> position{0};
  /// Where it could go on at once with all that is stretched; -1: nowhere.
  std::atomic<int64_t> preparedPosition{-1};
  /// How often it was started.
  std::atomic<uint32_t> starts{0};
  LoopView loop;
  // Written by the control thread: what was asked for and may be heard next.
  std::atomic<Schedule*> latest{nullptr};
  std::atomic<uint32_t> isPrimed{0};
  std::atomic<int64_t> primedPosition{0};
  /// Counts the positions that were primed.
  std::atomic<uint32_t> primes{0};
  LoopView nextLoop;
  /// What the metronome plays along with the timeline; null: nothing.
  std::atomic<ClickTrack*> clicks{nullptr};
};

}  // namespace atome
