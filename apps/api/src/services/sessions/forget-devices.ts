import type { ForgetDevicesInput, ForgetDevicesOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { forgetDevices } from '../../sessions/device.ts'

/**
 * Has devices of one's own be known no more: what is guessed there counts with what all strangers guess. With
 * a fresh factor. One that is forgotten already, or is somebody else's, is none of them: that is no failure.
 */
export const forgetMyDevices = async ({
  ctx: { app, user, entry },
  input: { devices },
}: {
  readonly ctx: VerbContext<'devices.forgotten'>
  readonly input: ForgetDevicesInput
}): Promise<ForgetDevicesOutput> => {
  entry.about({ type: 'user', id: user.id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    const gone = await forgetDevices(tx, app, user.id, 'forgotten', devices)
    const ids = gone.map(({ id }) => id)
    await entry.changed(tx, {
      change: { before: { devices: ids }, after: null },
      patientId: null,
      records: null,
      count: ids.length,
    })
    return { forgotten: ids.length }
  })
}
