// Makes as many stretchers as schedules need. Control thread.
#pragma once
#include <cstdint>

#include "resampler_store.h"
#include "stretch_pool.h"

namespace atome {

class StretchStore {
 public:
  /// Stretchers in all: some 45 MiB of them at 48 kHz.
  static constexpr uint32_t MOST = 64;

  StretchStore(StretchHandover& handover, ResamplerStore& resamplers) : handover_(handover), resamplers_(resamplers) {}
  /// No other thread runs any more.
  ~StretchStore();

  /// What clips of a file are stretched by; null when there is no memory.
  StretchShape* shape(uint32_t channels, uint32_t sampleRate);
  /// Nothing is needed until `need` says so.
  void begin_needs();
  void need(StretchShape& shape, uint32_t runs) { shape.needed += runs; }
  /// What is good to have where there is room.
  void like(StretchShape& shape, uint32_t runs) { shape.liked += runs; }
  /// Makes what is missing; false when what is needed does not fit.
  bool end_needs();
  /// Takes back what the audio thread does not want any more.
  void collect();

 private:
  bool make(StretchShape& shape);

  StretchHandover& handover_;
  ResamplerStore& resamplers_;
  /// All that were made.
  StretchRun* runs_ = nullptr;
};

}  // namespace atome
