// The resampler by measured sines: passband ripple, images, aliases, exact phase.
#include <complex>

#include "test_engine.h"

using namespace atome;
using namespace atome::test;

namespace {

double decibels(double ratio) {
  return 20 * std::log10(std::max(ratio, 1e-12));
}

/// Plays a sine of amplitude 0.5 and returns the middle second of the output.
std::vector<float> resampled_sine(double frequency, uint32_t from, uint32_t to) {
  TestEngine engine(to, true, 256);
  engine.load(0, sine(frequency, 1.5, from));
  engine.add(0, 0);
  engine.commit();
  REQUIRE(engine.control().play(0, 0, 0) == EngineStatus::OK);
  const std::vector<float> output = engine.render(int64_t(to * 1.3)).left;
  return {output.begin() + to / 5, output.begin() + to / 5 + to};
}

/// Amplitude of a sine by projection, under a Blackman-Harris window.
double amplitude_at(const std::vector<float>& samples, double frequency, uint32_t rate) {
  std::complex<double> sum = 0;
  double weights = 0;
  const auto size = double(samples.size());
  for (size_t frame = 0; frame < samples.size(); frame++) {
    const double x = 2 * M_PI * double(frame) / size;
    const double window = 0.35875 - 0.48829 * std::cos(x) + 0.14128 * std::cos(2 * x) - 0.01168 * std::cos(3 * x);
    sum += double(samples[frame]) * window * std::polar(1.0, -2 * M_PI * frequency * double(frame) / rate);
    weights += window;
  }
  return 2 * std::abs(sum) / weights;
}

/// Largest error against the sine that should be there, as a level relative to it.
double residual(const std::vector<float>& samples, double frequency, uint32_t rate) {
  const double first = double(rate / 5) / rate;
  double largest = 0;
  for (size_t frame = 0; frame < samples.size(); frame++) {
    const double ideal = 0.5 * std::sin(2 * M_PI * frequency * (first + double(frame) / rate));
    largest = std::max(largest, std::fabs(samples[frame] - ideal));
  }
  return decibels(largest / 0.5);
}

}  // namespace

TEST_CASE("44.1 kHz in a 48 kHz context: flat to 0.01 dB up to 20 kHz, in phase, images under -110 dB") {
  for (const double frequency : {50.0, 997.0, 5000.0, 10000.0, 15000.0, 18000.0, 19000.0, 20000.0}) {
    CAPTURE(frequency);
    const std::vector<float> output = resampled_sine(frequency, 44100, 48000);
    CHECK(std::fabs(decibels(amplitude_at(output, frequency, 48000) / 0.5)) < 0.01);
    // The image lies at 44.1 kHz minus the frequency and folds at 24 kHz.
    const double image = 44100 - frequency > 24000 ? 48000 - (44100 - frequency) : 44100 - frequency;
    CHECK(decibels(amplitude_at(output, image, 48000) / 0.5) < -110);
    if (frequency <= 19000) CHECK(residual(output, frequency, 48000) < -95);
  }
}

TEST_CASE("every pair of rates is flat in its passband and clean") {
  struct Pair {
    uint32_t from;
    uint32_t to;
  };
  for (const Pair pair :
       {Pair{8000, 48000}, Pair{11025, 48000}, Pair{22050, 44100}, Pair{48000, 44100}, Pair{88200, 48000},
        Pair{96000, 48000}, Pair{96000, 44100}, Pair{192000, 44100}, Pair{192000, 8000}, Pair{8000, 192000},
        Pair{44099, 48000}, Pair{48000, 47999}, Pair{6000, 48000}, Pair{384000, 48000}, Pair{768000, 44100}}) {
    CAPTURE(pair.from);
    CAPTURE(pair.to);
    const double band = 0.5 * std::min(pair.from, pair.to);
    for (const double share : {0.02, 0.45, 0.85, 0.9}) {
      const double frequency = std::floor(band * share);
      const std::vector<float> output = resampled_sine(frequency, pair.from, pair.to);
      CHECK(std::fabs(decibels(amplitude_at(output, frequency, pair.to) / 0.5)) < 0.01);
      if (share <= 0.85) CHECK(residual(output, frequency, pair.to) < -95);
    }
  }
}

TEST_CASE("what would alias is under -110 dB") {
  struct Alias {
    double frequency;
    uint32_t from;
    uint32_t to;
  };
  // Each is above half the target's rate.
  for (const Alias alias :
       {Alias{24010, 96000, 48000}, Alias{24500, 96000, 48000}, Alias{22100, 96000, 44100}, Alias{22500, 48000, 44100},
        Alias{4050, 48000, 8000}, Alias{30000, 96000, 48000}, Alias{27000, 96000, 48000}, Alias{40000, 96000, 48000},
        Alias{25000, 96000, 44100}, Alias{80000, 192000, 48000}, Alias{30000, 192000, 44100}, Alias{5000, 48000, 8000},
        Alias{20000, 48000, 8000}}) {
    CAPTURE(alias.frequency);
    CAPTURE(alias.from);
    const std::vector<float> output = resampled_sine(alias.frequency, alias.from, alias.to);
    float peak = 0;
    for (const float sample : output) peak = std::max(peak, std::fabs(sample));
    CHECK(decibels(peak / 0.5) < -110);
  }
}

TEST_CASE("positions are exact: after ten hours the phase is that of the first second") {
  ResamplerTable table;
  REQUIRE(table.prepare(44100, 48000));
  const int64_t hours = 48000LL * 3600 * 10;
  CHECK(table.position(hours).frame == 44100LL * 3600 * 10);
  CHECK(table.position(hours).remainder == 0);
  CHECK(table.position(hours + 1).frame == 44100LL * 3600 * 10);
  CHECK(table.position(hours + 1).remainder == 147);
  CHECK(table.position((int64_t(1) << 53) / 160 * 160).remainder == 0);
}
