import EventEmitter from 'node:events'
import { strictClass } from './not-implemented.ts'

type Template = (Electron.MenuItemConstructorOptions | MenuItemImpl)[]

class MenuItemImpl {
  id: string | undefined
  label: string
  type: string
  role: string | undefined
  accelerator: string | undefined
  enabled: boolean
  visible: boolean
  checked: boolean
  submenu: MenuImpl | undefined
  registerAccelerator: boolean
  click: (...args: unknown[]) => void

  constructor(options: Electron.MenuItemConstructorOptions) {
    const { id, label, type, role, accelerator, enabled, visible, checked, submenu, click, registerAccelerator } = options
    this.id = id
    this.label = label ?? role ?? ''
    this.type = type ?? (submenu ? 'submenu' : 'normal')
    this.role = role
    this.accelerator = accelerator as string | undefined
    this.enabled = enabled ?? true
    this.visible = visible ?? true
    this.checked = checked ?? false
    this.submenu = Array.isArray(submenu) ? MenuImpl.buildFromTemplate(submenu) : (submenu as unknown as MenuImpl | undefined)
    this.registerAccelerator = registerAccelerator ?? true
    this.click = (event, window) => {
      if (this.type === 'checkbox') this.checked = !this.checked
      click?.(this as unknown as Electron.MenuItem, window as Electron.BaseWindow | undefined, event as Electron.KeyboardEvent)
    }
  }
}

let applicationMenu: MenuImpl | null = null
let onChange: () => void = () => {}

/** @param listener called when the application menu, and with it the accelerators, change */
export const onApplicationMenuChanged = (listener: () => void) => void (onChange = listener)

/** Items of the application menu that have a keyboard shortcut. */
export function acceleratedItems(menu: MenuImpl | null = applicationMenu): MenuItemImpl[] {
  return (menu?.items ?? []).flatMap((item) => [...(item.accelerator && item.registerAccelerator ? [item] : []), ...acceleratedItems(item.submenu ?? null)])
}

class MenuImpl extends EventEmitter {
  readonly items: MenuItemImpl[] = []

  append(item: MenuItemImpl) {
    this.items.push(item)
  }
  insert(position: number, item: MenuItemImpl) {
    this.items.splice(position, 0, item)
  }
  getMenuItemById(id: string): MenuItemImpl | null {
    const inside = (item: MenuItemImpl) => item.submenu?.getMenuItemById(id) ?? null
    return this.items.find((item) => item.id === id) ?? this.items.map(inside).find((item) => item !== null) ?? null
  }
  /** There is no menu to draw: the events tell that it came and went with nothing chosen. */
  popup({ callback }: Electron.PopupOptions = {}) {
    queueMicrotask(() => {
      this.emit('menu-will-show')
      this.emit('menu-will-close')
      callback?.()
    })
  }
  closePopup() {}

  static buildFromTemplate(template: Template) {
    const menu = new Menu()
    for (const item of template) menu.append(item instanceof MenuItemImpl ? item : new MenuItemImpl(item))
    return menu
  }
  static setApplicationMenu(menu: MenuImpl | null) {
    applicationMenu = menu
    onChange()
  }
  static getApplicationMenu() {
    return applicationMenu
  }
}

export const Menu = strictClass('Menu', MenuImpl)
export const MenuItem = strictClass('MenuItem', MenuItemImpl)
