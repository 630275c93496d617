// What the desk's pages do beyond links and forms. Everything works without it, unless a page says so.
