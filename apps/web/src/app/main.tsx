import '../lib/trusted-types.ts'
import './held-keys.ts'
import './styles.ts'
import './frame.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { mount } from '../components/mount.tsx'
import { Notices } from '../components/notices.tsx'
import { watchHistory } from '../lib/history/came-back.ts'
import { queryClient, trpc } from '../lib/trpc.ts'
import { router } from './router.tsx'

watchHistory(router.history)

// Asked before anything is drawn; the session gate takes the same answer.
void queryClient.prefetchQuery(trpc.auth.session.queryOptions())

mount(
  <QueryClientProvider client={queryClient}>
    <Notices />
    <RouterProvider router={router} />
  </QueryClientProvider>,
)
