// The clips and triggers of one timeline as the audio thread plays them: built by the control thread, published once,
// never changed.
#pragma once
#include <algorithm>
#include <cstdint>

#include "../dsp/memory.h"
#include "../dsp/resampler_table.h"
#include "bus_player.h"
#include "file_table.h"
#include "stretch_mapping.h"
#include "stretch_shape.h"
#include "trigger.h"

namespace atome {

/// How a clip is stretched.
struct Stretch {
  /// Duration on the timeline by duration in the file.
  double ratio;
  /// Factor of all frequencies.
  double pitch;
  StretchShape* shape;
};

/// One clip on its rate bus. Bus frames count from the timeline's zero at the file's own rate.
struct Voice {
  int64_t start;
  int64_t end;
  /// File frame heard at `start`; of a stretched clip the frame of its stretched file.
  int64_t sourceStart;
  FileTable* file;
  /// Null: it plays as it is.
  const Stretch* stretch;
  /// Bus frames; 0: none.
  float fadeIn;
  float fadeOut;
  /// Bus frames of the whole clip before `start` and after `end`: its fades begin and end there.
  float cutBefore;
  float cutAfter;
  /// Bus frames of the fades where it is cut; 0: none.
  float cutFadeIn;
  float cutFadeOut;
  uint32_t clip;
  uint32_t generation;

  StretchMapping mapping() const {
    return {file, sourceStart - start, stretch ? stretch->ratio : 1, stretch ? stretch->pitch : 1};
  }

  /// Calls `visit(page)` for every page of the file that it plays in bus frames [from, to); stops when it returns
  /// false.
  template <class Visit>
  bool visit_pages(int64_t from, int64_t to, Visit visit) const {
    int64_t first = sourceStart + std::max(start, from) - start;
    int64_t last = sourceStart + std::min(end, to) - start - 1;
    if (stretch) {
      // Grains are made ahead of their time and reach to both sides of it; they grow with the pitch by less than
      // reading shortens them.
      const double grain = stretch->shape->hop / std::min(1.0, stretch->pitch);
      const double early = double(stretch->shape->margin) + 6 * grain;
      first = int64_t(double(first) / stretch->ratio) - stretch->shape->behind;
      last = int64_t((double(last) + early) / stretch->ratio) + stretch->shape->ahead;
      first = std::clamp<int64_t>(first, 0, file->frames);
      last = std::min(last, file->frames - 1);
    }
    for (int64_t page = first / PAGE_FRAMES; first <= last && page <= last / PAGE_FRAMES; page++) {
      if (!visit(uint32_t(page))) return false;
    }
    return true;
  }
};

/// All voices of one source rate, by start and then by clip slot.
struct BusPlan {
  /// Null at the context's own rate.
  const ResamplerTable* table = nullptr;
  Array<Voice> voices;
  /// Of the voices that are stretched.
  Array<Stretch> stretches;
  /// Latest end in each group of VOICE_GROUP voices, so that long-gone ones are skipped together.
  Array<int64_t> groupEnds;

  static constexpr uint32_t VOICE_GROUP = 32;

  uint32_t half() const { return table ? table->half() : 0; }
  /// Bus frame at a timeline position in context frames.
  int64_t frame_at(int64_t position) const { return table ? table->position(position).frame : position; }
  double ratio() const { return table ? table->ratio() : 1; }
  /// First bus frame that is mixed when a timeline goes on from a position.
  int64_t entry_frame(int64_t position) const { return frame_at(position) - (table ? table->half() - 1 : 0); }

  /// Index of the first voice that starts at `frame` or later.
  uint32_t first_from(int64_t frame) const {
    const Voice* found = std::lower_bound(voices.begin(), voices.end(), frame,
                                          [](const Voice& voice, int64_t at) { return voice.start < at; });
    return uint32_t(found - voices.begin());
  }

  /// Calls `visit(index)` for every voice that sounds in [from, to), in order.
  template <class Visit>
  void visit_overlapping(int64_t from, int64_t to, Visit visit) const {
    const uint32_t limit = first_from(to);
    for (uint32_t group = 0; group * VOICE_GROUP < limit; group++) {
      if (groupEnds[group] <= from) continue;
      const uint32_t last = std::min(limit, (group + 1) * VOICE_GROUP);
      for (uint32_t index = group * VOICE_GROUP; index < last; index++) {
        if (voices[index].end > from) visit(index);
      }
    }
  }
};

struct Schedule {
  uint32_t timeline = 0;
  /// Order of publication within the timeline; an older one never replaces a newer one.
  uint32_t sequence = 0;
  Array<BusPlan> plans;
  TriggerTable triggers;
  /// Some of its clips are stretched.
  bool stretches = false;
  /// Playback state of each plan. Audio thread.
  Array<BusPlayer> players;
  /// Link of the stack on which the audio thread hands it back.
  Schedule* nextReturned = nullptr;
  /// Links of the list of all schedules. Control thread.
  Schedule* nextLive = nullptr;
  Schedule* previousLive = nullptr;

  /// Calls `visit(plan, voice)` for what sounds where its players are. Audio thread.
  template <class Visit>
  void visit_sounding(Visit visit) const {
    for (size_t bus = 0; bus < plans.size(); bus++) {
      for (uint32_t place = 0; place < players[bus].active(); place++) {
        visit(plans[bus], plans[bus].voices[players[bus].active_voice(place)]);
      }
    }
  }
};

}  // namespace atome
