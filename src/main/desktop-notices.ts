/** What sessions have to tell, as notifications of the desktop and as a number on the app's icon until the window is looked at. */
import { app, Notification } from 'electron';
import type { AlertNotice } from './alerts/alerts.ts';

export interface DesktopNotices {
  readonly notify: (notice: AlertNotice) => void;
  /** The user is looking at the window. */
  readonly seen: () => void;
}

export interface DesktopNoticesDeps {
  /** Whether the user looks at the window now. */
  readonly isSeen: () => boolean;
  /** Brings up the window with the session. */
  readonly show: (sessionId: string) => void;
}

/** One that nobody clicked and that is this much older than the newest is let go. */
const MOST_SHOWN = 32;

export function createDesktopNotices({ isSeen, show }: DesktopNoticesDeps): DesktopNotices {
  /** Held, because a notification that is collected answers no click. */
  const shown = new Set<Notification>();
  let unseen = 0;

  return {
    notify({ sessionId, title, body }) {
      if (!isSeen()) app.setBadgeCount((unseen += 1));
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      const letGo = () => shown.delete(notification);
      shown.add(notification);
      for (const oldest of [...shown].slice(0, -MOST_SHOWN)) shown.delete(oldest);
      notification.on('click', () => {
        letGo();
        show(sessionId);
      });
      notification.on('close', letGo);
      notification.show();
    },
    seen() {
      if (unseen > 0) app.setBadgeCount((unseen = 0));
    },
  };
}
