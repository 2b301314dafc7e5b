// How much of the spectrum rises from frame to frame: the novelty in which onsets stand out.
#pragma once
#include <cstdint>
#include <vector>

#include "onset_spectra.h"

namespace atome {

/// SuperFlux (Boeck and Widmer, "Maximum filter vibrato suppression for onset detection", DAFx 2013): the mean rise of
/// logarithmic band powers over those of two frames before, of which the loudest of three neighbours counts. Here the
/// logarithm levels off 60 dB below the loudest that was heard of late, so that quiet recordings are read like loud
/// ones and the noise below loud ones is not read.
class OnsetFlux {
 public:
  static constexpr uint32_t kBatch = OnsetSpectra::kFrames;

  /// @param sampleRate up to 64,000 Hz.
  void prepare(double sampleRate);

  /// Samples of a frame and from one frame to the next.
  uint32_t size() const { return spectra_.size(); }
  uint32_t hop() const { return hop_; }

  /// Novelty of the next eight frames, in doublings of power; `first` is the first sample of the first of them.
  void process(const float* first, float* novelty);

 private:
  static constexpr uint32_t kLag = 2;

  struct Band {
    uint32_t from;
    uint32_t to;
  };

  float* row(uint32_t frame) { return powers_.data() + size_t{frame} * stride_; }
  void fill_rows();
  float rise(uint32_t frame, float reference) const;

  uint32_t hop_ = 1;
  OnsetSpectra spectra_;
  std::vector<Band> bands_;
  /// Floats of a row of band powers: a silent band before the first and at least one after the last.
  uint32_t stride_ = 0;
  /// The last frames of the batch before, then those of this one.
  std::vector<float> powers_;
  float loudest_ = 0;
  float release_ = 1;
};

}  // namespace atome
