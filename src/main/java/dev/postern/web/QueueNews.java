package dev.postern.web;

import java.util.List;

/**
 * What has happened since the page was drawn.
 *
 * @param count new cases that the page does not show
 * @param more whether there are more than that
 * @param changed rows of the page as they are now
 * @param shown ids and versions after this update
 * @param here address of the page
 * @param news address of the next update
 */
public record QueueNews(
    int count,
    boolean more,
    List<QueueScreen.Row> changed,
    String shown,
    String here,
    String news) {}
