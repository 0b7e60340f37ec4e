/** The product's mark: a shield with a trace across it. */
export const Mark = ({ size = 28 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="7" fill="#1f6b78" />
    <path
      d="M16 5.5 7 9v7c0 5.4 3.7 9 9 10.8 5.3-1.8 9-5.4 9-10.8V9z"
      fill="none"
      stroke="#fff"
      strokeWidth="2"
      strokeLinejoin="round"
    />
    <path
      d="M10.5 16.5h3l1.6-4 2.3 7 1.6-3h2.5"
      fill="none"
      stroke="#fff"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)
