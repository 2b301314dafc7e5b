// Commands that let others see, play or edit an object, and that take it back.
import { AtomeError } from '../protocol/errors.ts';
import { type EditHandler, refused } from './handlers.ts';
import { isUnclaimed } from './permissions.ts';

export const grant: EditHandler<'GRANT'> = (edit, { object_id, grantee, right }) => {
  const object = edit.objects.get(object_id);
  if (!object) throw new AtomeError('ERR_NOT_FOUND', `object_id: no object ${object_id}`);
  for (const known of edit.objects.referrers(object_id, 'PermissionAtome')) {
    if (known.object_id !== object_id || known.grantee !== grantee || known.right !== right) continue;
    edit.created.push(known.id);
    return;
  }
  if (isUnclaimed(edit.objects, object)) {
    edit.create('PermissionAtome', { object_id, grantee: edit.author, right: 'own' });
  }
  edit.created.push(edit.create('PermissionAtome', { object_id, grantee, right }));
};

/** Without a right it takes back all that the grantee had. */
export const revoke: EditHandler<'REVOKE'> = (edit, { object_id, grantee, right }) => {
  const revoked = [...edit.objects.referrers(object_id, 'PermissionAtome')].filter(
    (known) =>
      known.object_id === object_id && known.grantee === grantee && (right === undefined || known.right === right),
  );
  if (revoked.length === 0) throw refused('grantee: has no such right');
  for (const permission of revoked) edit.remove(permission);
};
