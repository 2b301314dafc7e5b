// The web app manifest: how the page looks and behaves once it is installed.
import type { ManifestOptions } from 'vite-plugin-pwa';
import { shareTargetField, shareTargetPath } from '../app/pwa/share-target.ts';

/** What "Open with" and "Share" offer the page for, by MIME type and extension. */
const audioTypes = {
  'audio/wav': ['.wav', '.wave'],
  'audio/x-wav': ['.wav'],
  'audio/aiff': ['.aif', '.aiff', '.aifc'],
  'audio/flac': ['.flac'],
  'audio/mpeg': ['.mp3'],
  'audio/mp4': ['.m4a', '.mp4'],
  'audio/aac': ['.aac'],
  'audio/ogg': ['.ogg', '.oga', '.opus'],
  'audio/webm': ['.weba', '.webm'],
};

/** Addresses are relative to the manifest, so that the page works in any folder of any host. */
export const manifest: Partial<ManifestOptions> = {
  id: './',
  name: 'Atome Flow',
  short_name: 'Atome Flow',
  description:
    'An audio workstation that is a web page: arrange, hear and export your sound, with or without a network.',
  lang: 'en',
  dir: 'ltr',
  start_url: './',
  scope: './',
  display: 'standalone',
  orientation: 'any',
  background_color: '#0d0f12',
  theme_color: '#0d0f12',
  categories: ['music', 'productivity'],
  icons: [
    { src: 'icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: 'icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
    { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  share_target: {
    action: `./${shareTargetPath}`,
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { files: [{ name: shareTargetField, accept: ['audio/*', ...Object.values(audioTypes).flat()] }] },
  },
  file_handlers: [{ action: './', accept: { ...audioTypes, 'application/x-atome-project': ['.atome'] } }],
  launch_handler: { client_mode: 'focus-existing' },
};
