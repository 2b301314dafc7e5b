// Decides which pages are wanted, makes room for them and publishes those that arrive. Disk thread.
#pragma once
#include <cstdint>

#include "play_path.h"
#include "shared_state.h"

namespace atome {

class Pager {
 public:
  /// Control thread.
  void prepare(SharedState& shared) { shared_ = &shared; }

  /// Writes at most `max` requests, most urgent first; returns how many. Urgency 0: what the next quantum may need.
  uint32_t plan(PageRequest* requests, uint32_t max) noexcept;

  /// Fills a page from interleaved PCM and publishes it. NOT_READY: no block is free yet, ask again after the next
  /// plan.
  EngineStatus fill(uint32_t file, uint32_t page, const uint8_t* bytes, SampleFormat format, uint32_t frames) noexcept;

 private:
  /// Pages ahead of every playhead in a large pool; a small one fits fewer.
  static constexpr uint32_t MAX_AHEAD = 8;
  /// Pages ahead that are worth a larger pool.
  static constexpr uint32_t ESSENTIAL_AHEAD = 2;
  static constexpr uint32_t MAX_CANDIDATES = 1024;
  static constexpr uint32_t MAX_PATHS = 4 * MAX_TIMELINES;

  /// How a visited page is treated.
  struct Want {
    uint32_t urgency;
    /// Whether the pool should grow for it.
    bool essential;
  };

  /// Of which playheads a path is followed, from those followed furthest.
  enum class Reach : uint8_t { Playing, Primed, Parked };

  struct FollowedPath {
    PlayPath path;
    Reach reach;
  };

  void begin_paths() noexcept;
  void begin_path(const PathOrigin& origin, Reach reach) noexcept;
  void want_paths(int64_t until, Want want, Reach reach) noexcept;
  void want_heads(Want want) noexcept;
  void want_dragged(Want want) noexcept;
  void want_range(const Schedule* schedule, int64_t from, int64_t to, Want want) noexcept;
  void want_page(FileTable& file, uint32_t page, Want want) noexcept;
  bool is_listed(const FileTable& file, uint32_t page) const noexcept;
  void make_room(uint32_t blocks) noexcept;
  void tell_missing() noexcept;
  void evict(PageBlock* block) noexcept;
  EngineStatus fill_table(FileTable* file, uint32_t page, const uint8_t* bytes, SampleFormat format,
                          uint32_t frames) noexcept;

  SharedState* shared_ = nullptr;
  uint32_t plan_ = 0;
  /// Blocks held or asked for by what was wanted so far in this plan.
  uint32_t wantedBlocks_ = 0;
  uint32_t missingBlocks_ = 0;
  /// Missing blocks already counted while the pool had this size.
  uint32_t toldBlocks_ = 0;
  uint32_t toldTotal_ = 0;
  uint32_t count_ = 0;
  PageRequest candidates_[MAX_CANDIDATES];
  uint32_t pathCount_ = 0;
  FollowedPath paths_[MAX_PATHS];
};

}  // namespace atome
