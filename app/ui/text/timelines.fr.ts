// The words of the tabs of timelines, in French.
import type { timelinesEn } from './timelines.en.ts';

export const timelinesFr: Readonly<Record<keyof typeof timelinesEn, string>> = {
  'timelines.title': 'Lignes de temps',
  'timelines.name': 'Ligne de temps {{ number }}',
  'timelines.add': 'Ajouter une ligne de temps',
  'timelines.remove': 'Retirer la ligne de temps « {{ name }} »',
  'timelines.rename': 'Nom de la ligne de temps',
  'timelines.hint': 'Double-clic pour la renommer',
  'timelines.playing': 'en lecture',
  'timelines.way': 'Chemin dans les lignes de temps imbriquées',
  'timelines.next': 'Montrer la ligne de temps suivante',
  'timelines.previous': 'Montrer la ligne de temps précédente',
  'timelines.out': 'Sortir de la ligne de temps imbriquée',
};
