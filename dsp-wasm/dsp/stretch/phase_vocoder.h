// Turns the phases of a grain's spectrum so that it continues the grains before it.
#pragma once
#include <cstdint>

#include "../memory.h"
#include "displacement.h"
#include "fft.h"
#include "phase_math.h"
#include "skirt_keeper.h"
#include "spectral_peak.h"

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
/// For every grain: `analyse` each channel, `predict`, `settle`, then `synthesise` each channel.
class PhaseVocoder {
 public:
  [[nodiscard]] bool prepare(uint32_t channels, uint32_t size);
  /// Length of the Hann window in the frames that are analysed from now on; it is shorter than they are. Audio thread,
  /// as all that follows.
  void set_window(uint32_t frames) noexcept;
  void reset() noexcept;

  uint32_t size() const { return fft_.size(); }
  uint32_t bins() const { return bins_; }
  /// Adds the peaks of the grain before, as early as they would be after such a step.
  void offer_last(Displacement& displacement, double inputAdvance, double outputAdvance) const noexcept;
  /// Takes a windowed frame of one channel, the first one first.
  void analyse(uint32_t channel, const float* samples) noexcept;
  /// Finds the peaks of what was analysed and the rotations with which each continues what it was.
  void predict(const GrainStep& step) noexcept;
  /// Adds this grain's peaks as early as they are, without those that are new.
  void offer(Displacement& displacement) const noexcept;
  /// Gives new peaks the place in time that the others agree on, and draws the others towards it by the share `pull`.
  void settle(float frames, float pull) noexcept;
  /// Adds to `re` and `im` the turned grain of one channel.
  void add_turned(uint32_t channel, float share, float* re, float* im) noexcept;
  RealFft& fft() { return fft_; }
  /// Per bin: this grain's power, of all channels together.
  const float* power() const { return power_[side_].data(); }
  /// Writes the turned grain of one channel, its bins weighted.
  void synthesise(uint32_t channel, const float* weights, float* samples) noexcept;
  /// Ends the grain: it is the one before from now on.
  void finish() noexcept;

 private:
  /// A peak of this grain, and the one of the grain before in whose region it lies.
  struct Continuation {
    SpectralPeak* peak;
    const SpectralPeak* last;
  };
  /// What a step means for every peak.
  struct Course {
    double inputAdvance;
    /// The other way round, or 0 where it tells nothing.
    double perFrame;
    /// Frames that the output advances by more.
    double delay;
    bool attack;
    /// There is nothing to continue.
    bool free;
    bool measurable;
    bool beginning;
    bool rough;
  };
  void find_peaks() noexcept;
  bool outlasts_lobes(uint32_t bin, uint32_t constants) noexcept;
  Vector advances(const Continuation* four) const noexcept;
  void measure(Continuation one, double advance, const Course& course) const noexcept;
  void follow(Continuation one, double advance, const Course& course) const noexcept;
  bool is_side_lobe(uint32_t bin, uint32_t peak) const noexcept;
  bool is_new(const SpectralPeak& peak) const noexcept;
  double interpolated(uint32_t bin) const noexcept;
  uint32_t end_of(uint32_t index) const noexcept;
  void turn() noexcept;

  RealFft fft_;
  uint32_t channels_ = 0;
  uint32_t bins_ = 0;
  /// Spectra of this grain and of the one before take turns, and so do their powers and peaks.
  uint32_t side_ = 0;
  Array<Spectrum> spectra_[2];
  Array<SpectralPeak> peaks_[2];
  /// Of a sine on a bin: the magnitude of the bin beside it, relative to its own.
  float beside_ = 0;
  /// How the share of that bin bends as the sine moves towards it.
  float bend_ = 0;
  /// Length of a window in transforms.
  float unpadded_ = 1;
  uint32_t window_ = 0;
  /// Frames since the first grain, whose phases were those of the input.
  double inputSince_ = 0;
  double outputSince_ = 0;
  uint32_t peakCount_ = 0;
  uint32_t lastPeakCount_ = 0;
  SkirtKeeper skirts_;
  Array<float> power_[2];
  Array<float> turnRe_;
  Array<float> turnIm_;
  Array<float> scratchRe_;
  Array<float> scratchIm_;
};

}  // namespace atome
