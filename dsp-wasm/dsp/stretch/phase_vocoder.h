// Turns the phases of a grain's spectrum so that it continues the grains before it.
#pragma once
#include <cstdint>

#include "../memory.h"
#include "displacement.h"
#include "fft.h"
#include "phase_math.h"

namespace atome {

/// How a grain follows the one before it.
struct GrainStep {
  /// Frames from the centre of the grain before to this one's.
  double inputAdvance;
  double outputAdvance;
  /// Nothing came before: phases stay what they are.
  bool first;
  /// The grain begins with an attack: what was not there before keeps its own phases.
  bool attack;
  /// Its window is cut at an attack, so its phases are no measure of frequency.
  bool cut;
};

/// One rotation per spectral peak for the whole region around it and all channels (identity phase locking, Laroche and
/// Dolson 1999), so that relations between neighbouring bins and between channels are those of the input.
class PhaseVocoder {
 public:
  [[nodiscard]] bool prepare(uint32_t channels, uint32_t size);
  void reset() noexcept;

  uint32_t size() const { return fft_.size(); }
  /// The displacement of the next grain, at most `reach` frames each way, at which its phases need the least turning:
  /// for a periodic sound the one that puts its periods where they are expected.
  double best_displacement(double inputAdvance, double outputAdvance, double reach) noexcept;
  /// Takes a windowed frame of one channel.
  void analyse(uint32_t channel, const float* samples) noexcept;
  /// Finds peaks in what was analysed and decides on their rotations.
  void plan(const GrainStep& step) noexcept;
  /// Writes the turned grain of one channel; `bandwidth` is the share of the bins that sound.
  void synthesise(uint32_t channel, float bandwidth, float* samples) noexcept;

 private:
  struct Spectrum {
    Array<float> re;
    Array<float> im;
  };
  struct Peak {
    uint32_t bin;
    /// First bin of its region; the next peak's first bin ends it.
    uint32_t begin;
    /// Turns per frame.
    double frequency;
    /// Turns.
    float rotation;
    float magnitude;
    bool fresh;
  };
  void find_peaks() noexcept;
  void measure(Peak& peak, const Peak& last, double advance) noexcept;
  bool is_new(const Peak& peak) const noexcept;
  double interpolated(uint32_t bin) const noexcept;
  void spread() noexcept;

  RealFft fft_;
  uint32_t channels_ = 0;
  uint32_t bins_ = 0;
  /// Spectra of this grain and of the one before take turns, and so do their peaks.
  uint32_t side_ = 0;
  Array<Spectrum> spectra_[2];
  Array<Peak> peaks_[2];
  Array<float> power_;
  uint32_t peakCount_ = 0;
  uint32_t lastPeakCount_ = 0;
  /// Per bin: the peak of the grain before in whose region it lies.
  Array<uint16_t> lastPeakOf_;
  Array<float> turnRe_;
  Array<float> turnIm_;
  Array<float> scratchRe_;
  Array<float> scratchIm_;
  Displacement displacement_;
};

}  // namespace atome
