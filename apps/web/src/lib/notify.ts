import type { ComponentType } from 'react'

/** Short words on what came of an act, at the edge of the page. What draws them is loaded with the first. */

type Notice = { title?: string; message: string }

type Tray = ComponentType<{ position: 'bottom-right'; limit: number }>

let tray: Tray | null = null
const listeners = new Set<() => void>()

export const trayOfNotices = (): Tray | null => tray

export const onTray = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const show = async (notice: Notice): Promise<void> => {
  const { Notifications, notifications } = await import('@mantine/notifications')
  tray = Notifications
  for (const listener of listeners) listener()
  notifications.show(notice)
}

/** The act is done by then, and the page shows what it has changed: the words may fail to load. */
export const notify = (notice: Notice): void => void show(notice).catch(() => undefined)
