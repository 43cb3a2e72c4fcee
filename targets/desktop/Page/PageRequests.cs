using System;
using System.Globalization;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>Answers the page's requests: its files, how things are, and its wishes for faults.</summary>
    internal sealed class PageRequests
    {
        private const string StatePath = "/api/state";
        private const string FaultPath = "/api/faults/";

        // Nothing from elsewhere, nothing inline, no frames: what a name of a Client holds stays text.
        private const string ContentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

        private readonly PageFeed _feed;
        private readonly PageGuard _guard;
        private readonly PageAssets _assets;
        private readonly Func<string, string?>? _fault;

        /// <summary>Makes it.</summary>
        /// <param name="feed">What to show.</param>
        /// <param name="guard">Who may ask.</param>
        /// <param name="fault">Begins or ends a fault by its name and says what it did; null for an unknown name. Null = read-only.</param>
        internal PageRequests(PageFeed feed, PageGuard guard, Func<string, string?>? fault)
        {
            _feed = feed;
            _guard = guard;
            _assets = new PageAssets(guard.Token);
            _fault = fault;
        }

        /// <summary>Answers one request.</summary>
        internal Task HandleAsync(HttpContext context)
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-store";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";

            HttpRequest request = context.Request;
            string path = request.Path.Value ?? "/";
            string? fetchSite = request.Headers["Sec-Fetch-Site"];
            if (!PageGuard.MayRead(request.Host.Value, request.Headers.Origin, fetchSite, path == "/"))
            {
                return Fail(context, StatusCodes.Status403Forbidden);
            }

            if (HttpMethods.IsGet(request.Method))
            {
                return path == StatePath ? SendState(context) : SendFile(context, path);
            }

            return HttpMethods.IsPost(request.Method) && path.StartsWith(FaultPath, StringComparison.Ordinal)
                ? Fault(context, path[FaultPath.Length..])
                : Fail(context, StatusCodes.Status405MethodNotAllowed);
        }

        private static Task Fail(HttpContext context, int status)
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }

        private static long Number(HttpRequest request, string name)
        {
            return long.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;
        }

        private Task SendState(HttpContext context)
        {
            HttpRequest request = context.Request;
            PageAnswer? answer = _feed.Read(request.Query["program"], Number(request, "sample"), Number(request, "line"));
            if (answer == null)
            {
                return Fail(context, StatusCodes.Status204NoContent);
            }

            context.Response.ContentType = "application/json";
            return JsonSerializer.SerializeAsync(context.Response.Body, answer, PageJson.Default.PageAnswer, context.RequestAborted);
        }

        private Task SendFile(HttpContext context, string path)
        {
            byte[]? file = _assets.Find(path);
            if (file == null)
            {
                return Fail(context, StatusCodes.Status404NotFound);
            }

            context.Response.ContentType = PageAssets.TypeOf(path);
            context.Response.ContentLength = file.Length;
            return context.Response.Body.WriteAsync(file, context.RequestAborted).AsTask();
        }

        private Task Fault(HttpContext context, string name)
        {
            if (_fault == null || !_guard.MayChange(context.Request.Headers[PageGuard.TokenHeader]))
            {
                return Fail(context, StatusCodes.Status403Forbidden);
            }

            string? text = _fault(name);
            if (text == null)
            {
                return Fail(context, StatusCodes.Status404NotFound);
            }

            context.Response.ContentType = "application/json";
            return JsonSerializer.SerializeAsync(
                context.Response.Body, new FaultAnswer(text), PageJson.Default.FaultAnswer, context.RequestAborted);
        }
    }
}
