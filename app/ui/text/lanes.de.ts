// The words of the lanes of markers, tempo and events, in German.
import type { lanesEn } from './lanes.en.ts';

export const lanesDe: Readonly<Record<keyof typeof lanesEn, string>> = {
  'lanes.title': 'Spuren für Marken, Tempo und Ereignisse',
  'lanes.markers': 'Marken',
  'lanes.showMarkers': 'Markenspur',
  'lanes.showTempo': 'Tempospur',
  'lanes.showEvents': 'Ereignisspur',
  'markers.add': 'Marke am Abspielkopf setzen',
  'markers.added': '{{ name }} gesetzt',
  'markers.name': 'Marke {{ number }}',
  'markers.hint': 'Doppelklick setzt eine Marke',
  'markers.menu': 'Was mit der Marke geschehen soll',
  'markers.go': 'Dorthin gehen',
  'markers.playNext': 'Bis zur nächsten Marke spielen',
  'markers.loopNext': 'Bis zur nächsten Marke wiederholen',
  'markers.move': 'Marke verschieben',
  'markers.rename': 'Marke umbenennen',
  'markers.remove': 'Marke löschen',
  'markers.removed': '{{ name }} gelöscht',
  'markers.tag': 'Marke kennzeichnen',
  'markers.loop_start': 'Anfang der Schleife',
  'markers.loop_end': 'Ende der Schleife',
  'markers.cue': 'Einsatz',
  'markers.end': 'Ende',
};
