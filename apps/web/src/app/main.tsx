import '../lib/trusted-types.ts'
import './held-keys.ts'
import './styles.ts'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { mount } from '../components/mount.tsx'
import { watchHistory } from '../lib/history/came-back.ts'
import { queryClient } from '../lib/trpc.ts'
import { router } from './router.tsx'

watchHistory(router.history)

mount(
  <QueryClientProvider client={queryClient}>
    <Notifications position="bottom-right" limit={3} />
    <RouterProvider router={router} />
  </QueryClientProvider>,
)
