import { useSyncExternalStore } from 'react'
import { onTray, trayOfNotices } from '../lib/notify.ts'

/** Where notices stand, as soon as there has been one. */
export const Notices = () => {
  const Tray = useSyncExternalStore(onTray, trayOfNotices)
  return Tray === null ? null : <Tray position="bottom-right" limit={3} />
}
