// Les mots des fenêtres posées sur la page, des vidéos et des commandes, en français.
import type { floatingEn } from './floating.en.ts';

export const floatingFr: Readonly<Record<keyof typeof floatingEn, string>> = {
  'floating.move': 'Déplacer la fenêtre « {{ name }} »',
  'floating.moveHint': 'Faites-la glisser ou utilisez les flèches',
  'floating.close': 'Fermer la fenêtre « {{ name }} »',
  'floating.resize': 'Taille de la fenêtre « {{ name }} »',
  'floating.resizeHint': 'Faites glisser ou utilisez les flèches',
  'video.title': 'Vidéo',
  'video.nothing': 'Rien n’est montré ici.',
  'page.video': 'Montrer la vidéo',
  'widgets.title': 'Commandes',
  'widgets.empty': 'Ici se trouvent les curseurs, boutons et pavés que des événements déplacent.',
  'widgets.add': 'Ajouter une commande',
  'widgets.slider': 'Curseur',
  'widgets.button': 'Bouton',
  'widgets.toggle': 'Interrupteur',
  'widgets.xy': 'Pavé XY',
  'widgets.macroTrigger': 'Déclencheur',
  'widgets.name': 'Nom de la commande',
  'widgets.remove': 'Retirer la commande « {{ name }} »',
  'widgets.across': '{{ name }}, horizontal',
  'widgets.up': '{{ name }}, vertical',
  'widgets.on': 'Activé',
  'widgets.off': 'Désactivé',
  'widgets.hidden': 'Montrer {{ count }} commandes cachées',
  'page.widgets': 'Montrer les commandes',
};
