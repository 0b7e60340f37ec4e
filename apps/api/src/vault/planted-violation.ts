import * as above from '../services/users/names.ts'

export const planted = above
