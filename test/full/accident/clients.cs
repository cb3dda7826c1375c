// Mono's clients: one that trusts its store, then those that trust all certificates. Argument: an https address. Prints a line for each: its name and the body, or the error.
using System;
using System.IO;
using System.Net;
using System.Text.RegularExpressions;

static class Clients
{
    static void Main(string[] arguments)
    {
        string url = arguments[0];
        Print("HttpWebRequest", () => Get(url));
        ServicePointManager.ServerCertificateValidationCallback = (sender, certificate, chain, errors) => true;
        Print("WebClient, all certificates", () => new WebClient().DownloadString(url));
        Print("HttpWebRequest, all certificates", () => Get(url));
    }

    static string Get(string url)
    {
        using (WebResponse response = WebRequest.Create(url).GetResponse())
            return new StreamReader(response.GetResponseStream()).ReadToEnd();
    }

    static void Print(string name, Func<string> client)
    {
        string found;
        try
        {
            found = client();
        }
        catch (Exception error)
        {
            found = error.Message;
        }
        Console.WriteLine(name + "\t" + Regex.Replace(found, "\\s+", " "));
    }
}
