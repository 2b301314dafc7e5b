// The words of the lanes of markers, tempo and events, in French.
import type { lanesEn } from './lanes.en.ts';

export const lanesFr: Readonly<Record<keyof typeof lanesEn, string>> = {
  'lanes.title': 'Pistes des repères, du tempo et des événements',
  'lanes.markers': 'Repères',
  'lanes.showMarkers': 'Piste des repères',
  'lanes.showTempo': 'Piste du tempo',
  'lanes.showEvents': 'Piste des événements',
  'markers.add': 'Poser un repère à la tête de lecture',
  'markers.added': '{{ name }} posé',
  'markers.name': 'Repère {{ number }}',
  'markers.hint': 'Un double-clic pose un repère',
  'markers.menu': 'Que faire du repère',
  'markers.go': 'Y aller',
  'markers.playNext': 'Jouer jusqu’au repère suivant',
  'markers.loopNext': 'Boucler jusqu’au repère suivant',
  'markers.move': 'Déplacer le repère',
  'markers.rename': 'Renommer le repère',
  'markers.remove': 'Supprimer le repère',
  'markers.removed': '{{ name }} supprimé',
  'markers.tag': 'Qualifier le repère',
  'markers.loop_start': 'Début de boucle',
  'markers.loop_end': 'Fin de boucle',
  'markers.cue': 'Départ',
  'markers.end': 'Fin',
};
