throw new Error('preload is broken')
