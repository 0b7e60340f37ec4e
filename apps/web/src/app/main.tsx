import '../lib/trusted-types.ts'
import './styles.ts'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { LookProvider } from '../components/look-provider.tsx'
import { applyStoredScheme } from '../lib/color-scheme.ts'
import { styleNonce } from '../lib/page-meta.ts'
import { queryClient } from '../lib/trpc.ts'
import { router } from './router.tsx'

applyStoredScheme()
// The scroll lock of modals makes a style tag of its own.
setNonce(styleNonce())

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <LookProvider>
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" limit={3} />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </LookProvider>
    </StrictMode>,
  )
}
