// WAV and AIFF headers: what is read, what is repaired, what is refused.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../dsp/audio_header.h"
#include "../dsp/pcm.h"

using namespace atome;
using Bytes = std::vector<uint8_t>;

namespace {

void put_little(Bytes& bytes, uint64_t value, int count) {
  for (int index = 0; index < count; index++) bytes.push_back(static_cast<uint8_t>(value >> (8 * index)));
}

void put_big(Bytes& bytes, uint64_t value, int count) {
  for (int index = count; index-- > 0;) bytes.push_back(static_cast<uint8_t>(value >> (8 * index)));
}

void put_id(Bytes& bytes, const std::string& id) {
  bytes.insert(bytes.end(), id.begin(), id.end());
}

struct Wav {
  std::string riff = "RIFF";
  uint32_t tag = 1;
  uint32_t channels = 2;
  uint32_t rate = 44100;
  uint32_t bits = 16;
  uint64_t riffSize = 0;
  uint64_t dataSize = 400;
  uint64_t present = 400;
  Bytes before = {};
  Bytes after = {};
  Bytes subtype = {};

  Bytes bytes() const {
    Bytes out;
    put_id(out, riff);
    const uint64_t formatBytes = subtype.empty() ? 16 : 40;
    const uint64_t real = 4 + before.size() + 8 + formatBytes + 8 + present + after.size();
    put_little(out, riffSize ? riffSize : real, 4);
    put_id(out, "WAVE");
    out.insert(out.end(), before.begin(), before.end());
    put_id(out, "fmt ");
    put_little(out, formatBytes, 4);
    put_little(out, tag, 2);
    put_little(out, channels, 2);
    put_little(out, rate, 4);
    put_little(out, uint64_t{rate} * channels * bits / 8, 4);
    put_little(out, channels * bits / 8, 2);
    put_little(out, bits, 2);
    if (!subtype.empty()) {
      put_little(out, 22, 2);
      put_little(out, bits, 2);
      put_little(out, 3, 4);
      out.insert(out.end(), subtype.begin(), subtype.end());
    }
    put_id(out, "data");
    put_little(out, dataSize, 4);
    out.resize(out.size() + present);
    out.insert(out.end(), after.begin(), after.end());
    return out;
  }

  AudioHeader parse() const {
    const Bytes out = bytes();
    return parse_audio_header(out.data(), out.size(), out.size());
  }
};

Bytes subtype(uint16_t tag) {
  Bytes guid;
  put_little(guid, tag, 2);
  const Bytes tail = {0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71};
  guid.insert(guid.end(), tail.begin(), tail.end());
  return guid;
}

Bytes chunk(const std::string& id, uint32_t size, size_t present) {
  Bytes out;
  put_id(out, id);
  put_little(out, size, 4);
  out.resize(out.size() + present);
  return out;
}

Bytes aiff(const std::string& compression, uint32_t bits, uint32_t frames, uint32_t present, bool soundFirst = false) {
  Bytes common;
  put_id(common, "COMM");
  put_big(common, compression.empty() ? 18 : 24, 4);
  put_big(common, 1, 2);
  put_big(common, frames, 4);
  put_big(common, bits, 2);
  put_big(common, 16383 + 15, 2);
  put_big(common, uint64_t{48000} << 48, 8);
  if (!compression.empty()) {
    put_id(common, compression);
    put_big(common, 0, 2);
  }
  Bytes sound;
  put_id(sound, "SSND");
  put_big(sound, 8 + present, 4);
  put_big(sound, 0, 8);
  sound.resize(sound.size() + present);
  Bytes out;
  put_id(out, "FORM");
  put_big(out, 4 + common.size() + sound.size(), 4);
  put_id(out, compression.empty() ? "AIFF" : "AIFC");
  const Bytes& first = soundFirst ? sound : common;
  const Bytes& second = soundFirst ? common : sound;
  out.insert(out.end(), first.begin(), first.end());
  out.insert(out.end(), second.begin(), second.end());
  return out;
}

AudioHeader parse(const Bytes& bytes) {
  return parse_audio_header(bytes.data(), bytes.size(), bytes.size());
}

void check(const AudioHeader& header, HeaderStatus status, double frames = 0, uint32_t repaired = 0) {
  CHECK(header.status == static_cast<int32_t>(status));
  if (status != HeaderStatus::OK) return;
  CHECK(header.frames == frames);
  CHECK(header.repaired == repaired);
}

}  // namespace

TEST_CASE("a plain WAV") {
  const AudioHeader header = Wav{}.parse();
  check(header, HeaderStatus::OK, 100);
  CHECK(header.channels == 2);
  CHECK(header.sampleRate == 44100);
  CHECK(header.dataOffset == 44);
  CHECK(header.container == 1);
  CHECK(header.format == static_cast<uint32_t>(SampleFormat::I16));
}

TEST_CASE("every width of integers and floats, plain and extensible") {
  const struct {
    uint32_t tag, bits;
    SampleFormat format;
  } cases[] = {{1, 8, SampleFormat::U8},   {1, 12, SampleFormat::I16}, {1, 16, SampleFormat::I16},
               {1, 24, SampleFormat::I24}, {1, 32, SampleFormat::I32}, {3, 32, SampleFormat::F32},
               {3, 64, SampleFormat::F64}};
  for (const auto& item : cases) {
    const double frames = 400 / (2 * bytes_per_sample(item.format));
    AudioHeader header = Wav{.tag = item.tag, .bits = item.bits}.parse();
    check(header, HeaderStatus::OK, frames);
    CHECK(header.format == static_cast<uint32_t>(item.format));
    header = Wav{.tag = 0xfffe, .bits = item.bits, .subtype = subtype(static_cast<uint16_t>(item.tag))}.parse();
    check(header, HeaderStatus::OK, frames);
    CHECK(header.format == static_cast<uint32_t>(item.format));
  }
}

TEST_CASE("what another decoder may know is UNSUPPORTED") {
  for (const uint32_t tag : {2u, 6u, 7u, 0x11u, 0x55u})
    check(Wav{.tag = tag, .bits = 8}.parse(), HeaderStatus::UNSUPPORTED);
  check(Wav{.bits = 64}.parse(), HeaderStatus::UNSUPPORTED);
  check(Wav{.tag = 3, .bits = 16}.parse(), HeaderStatus::UNSUPPORTED);
  check(Wav{.tag = 0xfffe, .subtype = Bytes(16, 0xab)}.parse(), HeaderStatus::UNSUPPORTED);
  check(Wav{.rate = 0}.parse(), HeaderStatus::UNSUPPORTED);
}

TEST_CASE("0 and 33 channels are refused, 1 and 32 are read") {
  check(Wav{.channels = 0}.parse(), HeaderStatus::CHANNELS);
  check(Wav{.channels = 33}.parse(), HeaderStatus::CHANNELS);
  check(Wav{.channels = 1}.parse(), HeaderStatus::OK, 200);
  check(Wav{.channels = 32}.parse(), HeaderStatus::OK, 6);
}

TEST_CASE("no frames, one frame and a torn last frame") {
  check(Wav{.dataSize = 0, .present = 0}.parse(), HeaderStatus::EMPTY);
  check(Wav{.dataSize = 3, .present = 3}.parse(), HeaderStatus::EMPTY);
  check(Wav{.dataSize = 4, .present = 4}.parse(), HeaderStatus::OK, 1);
  check(Wav{.dataSize = 7, .present = 7}.parse(), HeaderStatus::OK, 1);
}

TEST_CASE("sizes that the file contradicts are repaired") {
  check(Wav{.dataSize = 4000, .present = 400}.parse(), HeaderStatus::OK, 100, 1);
  check(Wav{.dataSize = 0xffffffff, .present = 400}.parse(), HeaderStatus::OK, 100, 1);
  check(Wav{.riffSize = 36, .dataSize = 0, .present = 400}.parse(), HeaderStatus::OK, 100, 1);
  check(Wav{.riffSize = 0xffffffff, .dataSize = 0, .present = 400}.parse(), HeaderStatus::OK, 100, 1);
  check(Wav{.dataSize = 40, .present = 400}.parse(), HeaderStatus::OK, 100, 1);
  check(Wav{.riffSize = 1}.parse(), HeaderStatus::OK, 100, 0);
}

TEST_CASE("an empty data chunk in front of other chunks stays empty") {
  check(Wav{.dataSize = 0, .present = 0, .after = chunk("LIST", 8, 8)}.parse(), HeaderStatus::EMPTY);
}

TEST_CASE("chunks around the samples, with and without their pad byte") {
  check(Wav{.before = chunk("JUNK", 7, 8)}.parse(), HeaderStatus::OK, 100);
  check(Wav{.before = chunk("JUNK", 7, 7)}.parse(), HeaderStatus::OK, 100);
  check(Wav{.after = chunk("LIST", 11, 12)}.parse(), HeaderStatus::OK, 100);
  check(Wav{.channels = 1, .bits = 8, .dataSize = 399, .present = 400, .after = chunk("LIST", 4, 4)}.parse(),
        HeaderStatus::OK, 399);
}

TEST_CASE("a header longer than the bytes at hand asks for more, never for more than there is") {
  const Bytes bytes = Wav{.before = chunk("id3 ", 300000, 300000)}.bytes();
  size_t length = 4096;
  AudioHeader header = parse_audio_header(bytes.data(), length, bytes.size());
  int rounds = 0;
  while (header.status == static_cast<int32_t>(HeaderStatus::NEED_MORE)) {
    CHECK(header.dataOffset > static_cast<double>(length));
    CHECK(header.dataOffset <= static_cast<double>(bytes.size()));
    length = static_cast<size_t>(header.dataOffset);
    header = parse_audio_header(bytes.data(), length, bytes.size());
    rounds++;
  }
  check(header, HeaderStatus::OK, 100);
  CHECK(rounds <= 3);
}

TEST_CASE("every truncation of a sound file is either read short or refused") {
  const Bytes bytes = Wav{}.bytes();
  for (size_t size = 0; size <= bytes.size(); size++) {
    const AudioHeader header = parse_audio_header(bytes.data(), size, size);
    if (size >= 48) {
      check(header, HeaderStatus::OK, static_cast<double>((size - 44) / 4), size < bytes.size() ? 1 : 0);
    } else {
      CHECK(header.status != static_cast<int32_t>(HeaderStatus::OK));
    }
  }
}

TEST_CASE("RF64 takes its sizes from ds64; a plain WAV past 4 GiB counts its wraps") {
  Bytes sizes;
  put_id(sizes, "ds64");
  put_little(sizes, 28, 4);
  put_little(sizes, 0, 8);
  put_little(sizes, 6000000000, 8);
  put_little(sizes, 1500000000, 8);
  put_little(sizes, 0, 4);
  Wav wav{.riff = "RF64", .riffSize = 0xffffffff, .dataSize = 0xffffffff, .present = 0, .before = sizes};
  const Bytes head = wav.bytes();
  AudioHeader header = parse_audio_header(head.data(), head.size(), head.size() + 6000000000);
  check(header, HeaderStatus::OK, 1500000000);
  CHECK(header.container == 2);
  wav = Wav{.riffSize = 5, .dataSize = 6000000000 % 4294967296, .present = 0};
  const Bytes plain = wav.bytes();
  header = parse_audio_header(plain.data(), plain.size(), plain.size() + 6000000010);
  check(header, HeaderStatus::OK, 1500000000, 1);
}

TEST_CASE("AIFF and the plain kinds of AIFF-C") {
  const AudioHeader header = parse(aiff("", 16, 200, 400));
  check(header, HeaderStatus::OK, 200);
  CHECK(header.format == static_cast<uint32_t>(SampleFormat::I16_BE));
  CHECK(header.sampleRate == 48000);
  CHECK(header.dataOffset == 12 + 26 + 16);
  CHECK(header.container == 3);
  CHECK(parse(aiff("sowt", 16, 200, 400)).format == static_cast<uint32_t>(SampleFormat::I16));
  CHECK(parse(aiff("fl32", 32, 100, 400)).format == static_cast<uint32_t>(SampleFormat::F32_BE));
  CHECK(parse(aiff("", 8, 400, 400)).format == static_cast<uint32_t>(SampleFormat::I8));
  check(parse(aiff("ima4", 16, 200, 400)), HeaderStatus::UNSUPPORTED);
  check(parse(aiff("", 16, 200, 400, true)), HeaderStatus::OK, 200);
  check(parse(aiff("", 16, 500, 400)), HeaderStatus::OK, 200, 1);
  check(parse(aiff("", 16, 0, 0)), HeaderStatus::EMPTY);
  Bytes torn = aiff("", 16, 200, 400);
  torn.resize(torn.size() - 100);
  check(parse(torn), HeaderStatus::OK, 150, 1);
}

TEST_CASE("text and nothing") {
  const std::string text = "RIFFraff is not a sound, and this is only a letter about it.";
  check(parse(Bytes(text.begin(), text.end())), HeaderStatus::UNKNOWN);
  check(parse({}), HeaderStatus::EMPTY);
  check(parse({'R', 'I', 'F', 'F'}), HeaderStatus::UNKNOWN);
}
