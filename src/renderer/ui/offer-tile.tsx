import Award from 'lucide-react/icons/award'
import Car from 'lucide-react/icons/car'
import Castle from 'lucide-react/icons/castle'
import Coins from 'lucide-react/icons/coins'
import Crown from 'lucide-react/icons/crown'
import Flame from 'lucide-react/icons/flame'
import Gem from 'lucide-react/icons/gem'
import Ghost from 'lucide-react/icons/ghost'
import Hammer from 'lucide-react/icons/hammer'
import Heart from 'lucide-react/icons/heart'
import Key from 'lucide-react/icons/key'
import Leaf from 'lucide-react/icons/leaf'
import MapIcon from 'lucide-react/icons/map'
import Moon from 'lucide-react/icons/moon'
import Music from 'lucide-react/icons/music'
import Palette from 'lucide-react/icons/palette'
import PawPrint from 'lucide-react/icons/paw-print'
import Puzzle from 'lucide-react/icons/puzzle'
import Rocket from 'lucide-react/icons/rocket'
import Shield from 'lucide-react/icons/shield'
import Shirt from 'lucide-react/icons/shirt'
import Skull from 'lucide-react/icons/skull'
import Snowflake from 'lucide-react/icons/snowflake'
import Sparkles from 'lucide-react/icons/sparkles'
import Star from 'lucide-react/icons/star'
import Sword from 'lucide-react/icons/sword'
import Ticket from 'lucide-react/icons/ticket'
import Trophy from 'lucide-react/icons/trophy'
import Wand from 'lucide-react/icons/wand-sparkles'
import Zap from 'lucide-react/icons/zap'
import type { OfferIcon } from '../../contract/catalogue.ts'
import styles from './offer-tile.module.css'

const drawings: Record<OfferIcon, typeof Award> = {
  award: Award,
  car: Car,
  castle: Castle,
  coins: Coins,
  crown: Crown,
  flame: Flame,
  gem: Gem,
  ghost: Ghost,
  hammer: Hammer,
  heart: Heart,
  key: Key,
  leaf: Leaf,
  map: MapIcon,
  moon: Moon,
  music: Music,
  palette: Palette,
  paw: PawPrint,
  puzzle: Puzzle,
  rocket: Rocket,
  shield: Shield,
  shirt: Shirt,
  skull: Skull,
  snowflake: Snowflake,
  sparkles: Sparkles,
  star: Star,
  sword: Sword,
  ticket: Ticket,
  trophy: Trophy,
  wand: Wand,
  zap: Zap,
}

/** The drawn picture of an offer, in the tint around it. Decoration: everything it shows is also said in words. */
export function OfferTile({ icon }: { icon: OfferIcon }) {
  const Drawing = drawings[icon]
  return (
    <span className={styles.tile} aria-hidden>
      <Drawing size={26} strokeWidth={1.75} />
    </span>
  )
}
