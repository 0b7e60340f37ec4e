import type { MyDevicesOutput } from '@chartward/contract'
import type { VerbContext } from '../../guard/guard.ts'
import { devicesOf, findDevice } from '../../sessions/device.ts'

/** The devices on which one is known, the one used last first. */
export const myDevices = async ({
  ctx: { app, request, user, entry },
}: {
  readonly ctx: VerbContext<'devices.listed'>
}): Promise<MyDevicesOutput> => {
  const [own, current] = await Promise.all([
    devicesOf(app.db, app.clock, user.id),
    findDevice(app.db, app, request.deviceToken, { userId: user.id }),
  ])
  entry.shown({ count: own.length, resource: { type: 'user', id: user.id } })
  return {
    items: own.map(({ id, userAgent, createdAt, usedAt, expiresAt }) => ({
      id,
      userAgent,
      createdAt: createdAt.toISOString(),
      usedAt: usedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: id === current?.id,
    })),
  }
}
